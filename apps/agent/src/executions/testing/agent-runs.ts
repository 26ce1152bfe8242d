import { eventually } from '@dure/platform/testing'
import type { AgentUnderTest } from '../../tasks/testing/agent.ts'
import { type ApiCall, apiOf } from '../../tasks/testing/api.ts'

/** An execution as the API shows it. */
export interface ShownRun {
  readonly id: string
  readonly status: string
  readonly output: unknown
  readonly partial: string | null
  readonly error: { readonly code: string } | null
  readonly steps: number
  readonly usage: Readonly<Record<string, number>>
  readonly pendingApprovals: readonly { readonly callId: string; readonly hash: string }[]
}

/** The API of agents and their executions, as a client uses it. */
export function agentRuns(agent: AgentUnderTest) {
  let agents = 0

  const call = apiOf(agent)

  async function get(id: string): Promise<ShownRun> {
    return (await call('GET', `/v1/agent-runs/${id}`)).json()
  }

  return {
    call,
    get,

    /** A published agent; gives its id. */
    async published(definition: object = {}): Promise<string> {
      agents += 1
      const whole = { instructions: 'You are brief.', model: 'demo', ...definition }
      const body = { name: `agent-${agents}`, definition: whole }
      const created = await call('POST', '/v1/agents', { body })
      const { id } = created.json()
      await call('POST', `/v1/agents/${id}/versions`)
      const published = await call('POST', `/v1/agents/${id}/versions/1/publish`)
      if (published.statusCode !== 200) throw new Error(created.body + published.body)
      return id
    },

    start: (agentId: string, body: object = {}, rest: ApiCall = {}) =>
      call('POST', `/v1/agents/${agentId}/runs`, { ...rest, body: { input: 'Hello', ...body } }),

    /** Until it is so. */
    until: (id: string, ...statuses: string[]): Promise<ShownRun> =>
      eventually(
        async () => {
          const run = await get(id)
          if (!statuses.includes(run.status)) throw new Error(`${id} is ${run.status}`)
          return run
        },
        { timeoutMs: 30_000 },
      ),

    async steps(id: string): Promise<Record<string, unknown>[]> {
      return (await call('GET', `/v1/agent-runs/${id}/steps?limit=100`)).json().data
    },
  }
}
