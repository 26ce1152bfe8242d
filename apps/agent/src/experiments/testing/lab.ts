import { eventually, type testTenant } from '@dure/platform/testing'
import { type ModelCall, type Reply, text } from '@dure/scripted-model'
import type { AgentUnderTest } from '../../tasks/testing/agent.ts'

export interface LabCall {
  readonly body?: unknown
  readonly tenant?: ReturnType<typeof testTenant>
}

/** What a model is told before anything else, wherever its provider wants to have it. */
function systemOf({ messages }: ModelCall): string {
  return messages
    .filter(({ role }) => role === 'system')
    .map(({ content }) => JSON.stringify(content))
    .join('\n')
}

/** A model that says what its instructions want, between `<<` and `>>`; a judge gives 0.9. */
export function obedient(call: ModelCall): Reply {
  const system = systemOf(call)
  if (system.includes('You judge')) return text('{"reason":"polite","score":0.9}')
  return text(/<<(.*?)>>/.exec(system)?.[1] ?? 'nothing')
}

/** Datasets, evaluators and experiments as a client uses them. */
export function labOf(agent: AgentUnderTest) {
  let made = 0

  async function call(method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, of: LabCall = {}) {
    const { body, tenant } = of
    return agent.app.inject({
      ...{ method, url },
      headers: await agent.identity.headers('agent', tenant && { tenant }),
      ...(body !== undefined && { payload: body as object }),
    })
  }

  async function create(url: string, body: object): Promise<{ readonly id: string }> {
    const created = await call('POST', url, { body })
    if (created.statusCode >= 300) throw new Error(`${url}: ${created.body}`)
    return created.json()
  }

  return {
    call,

    /** With a version for each of the answers. */
    async agent(...answers: readonly string[]): Promise<string> {
      made += 1
      const definition = (answer: string) => ({ instructions: `Say <<${answer}>>.`, model: 'demo' })
      const name = `lab-${made}`
      const first = definition(answers[0] ?? '')
      const { id } = await create('/v1/agents', { name, definition: first })
      for (const answer of answers) {
        const body = { name, definition: definition(answer) }
        await call('PUT', `/v1/agents/${id}`, { body })
        await create(`/v1/agents/${id}/versions`, {})
      }
      return id
    },

    async dataset(cases: readonly object[]): Promise<string> {
      made += 1
      const { id } = await create('/v2/datasets', { name: `dataset ${made}` })
      await create(`/v2/datasets/${id}/cases`, cases)
      return id
    },

    async evaluator(config: object): Promise<string> {
      made += 1
      return (await create('/v2/evaluators', { name: `evaluator ${made}`, config })).id
    },

    begin: (body: object) => call('POST', '/v2/experiments', { body }),

    /** Until it is over. */
    end: (id: string) =>
      eventually(
        async () => {
          const experiment = (await call('GET', `/v2/experiments/${id}`)).json()
          if (experiment.status === 'running') throw new Error(JSON.stringify(experiment.progress))
          return experiment
        },
        { timeoutMs: 60_000 },
      ),

    results: async (id: string, query = '?limit=100') =>
      (await call('GET', `/v2/experiments/${id}/results${query}`)).json(),
  }
}

export const CASES = Array.from({ length: 8 }, (_, index) => ({
  input: `환불은 언제 되나요? (${index})`,
  expectedOutput: '7일',
}))
