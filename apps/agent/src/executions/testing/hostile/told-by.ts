import { eventually } from '@dure/platform/testing'
import type { AgentUnderTest } from '../../../tasks/testing/agent.ts'
import type { agentRuns } from '../agent-runs.ts'
import { PASSES_ON, passedOn } from './orders.ts'

export interface Told {
  readonly id: string
  readonly agentId: string
  readonly order: string
}

/** Ways for an order to come to a model by what somebody else has said; each gives the execution that is shown it. */
export async function createTellers(
  agent: Pick<AgentUnderTest, 'pool'>,
  { call, published, start, until }: ReturnType<typeof agentRuns>,
) {
  const between = await published({ instructions: PASSES_ON })

  async function inThread({ id, agentId, order }: Told): Promise<string> {
    const threadId = (await call('POST', '/v2/threads', { body: {} })).json().id
    const said = { input: `News: ${order}`, trustInput: false, threadId }
    await until((await start(between, said)).json().id, 'succeeded')
    return (await start(agentId, { input: `Question ${id}`, threadId })).json().id
  }

  async function inTeam({ id, agentId, order }: Told): Promise<string> {
    const members = [
      { name: 'ann', agentId: between, role: '' },
      { name: 'ben', agentId, role: '' },
    ]
    const body = { name: `team-${id}`, definition: { pattern: 'sequential', members } }
    const team = (await call('POST', '/v1/agent-teams', { body })).json()
    const asked = { input: `Question ${id}: ${passedOn(order)}`, trustInput: false }
    await call('POST', `/v1/agent-teams/${team.id}/runs`, { body: asked })
    return eventually(
      async () => {
        const { rows } = await agent.pool.query<{ readonly id: string }>(
          'SELECT id FROM agent_execution WHERE agent_id = $1 AND input::text LIKE $2',
          [agentId, `%${order}%`],
        )
        if (!rows[0]) throw new Error(`Nobody was told ${id}`)
        return rows[0].id
      },
      { timeoutMs: 25_000 },
    )
  }

  return (place: 'thread' | 'team', told: Told) =>
    place === 'thread' ? inThread(told) : inTeam(told)
}
