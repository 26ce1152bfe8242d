import { once } from 'node:events'
import { type Reply, text, toolCalls } from '@dure/scripted-model'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { agentRuns } from '../executions/testing/agent-runs.ts'
import { type AgentUnderTest, startAgent } from '../tasks/testing/agent.ts'
import { startDyingWorker } from '../tasks/testing/dying-worker.ts'
import { type EffectsServer, startEffectsServer } from '../tasks/testing/effects-server.ts'

/** One process for each thing that is written: a busy machine takes seconds for each. */
const TEST_MS = 600_000
/** Each step of an execution and its end, each asking, what came of it, and the end of the team. */
const BOUNDARIES = [
  'event_version = \\$10',
  'INSERT INTO agent_team_turn',
  'UPDATE agent_team_turn SET turn',
  'UPDATE agent_team_run SET status',
].join('|')

let agent: AgentUnderTest
let runs: ReturnType<typeof agentRuns>
let server: EffectsServer
beforeAll(async () => {
  server = await startEffectsServer()
  agent = await startAgent({ ROLE: 'api', EGRESS_ALLOW: server.host })
  runs = agentRuns(agent)
})
afterAll(async () => {
  await agent.close()
  server.close()
})
beforeEach(() => {
  server.effects.length = 0
})

async function teamOf(pattern: string, ...names: string[]): Promise<string> {
  const tools = [{ tool: 'http_request', config: { hosts: [server.origin] } }]
  const members = await Promise.all(
    names.map(async (name) => {
      const instructions = `You are ${name}.`
      return { name, agentId: await runs.published({ instructions, tools }) }
    }),
  )
  const body = { name: pattern, definition: { pattern, members } }
  return (await runs.call('POST', '/v1/agent-teams', { body })).json().id
}

/** A member, as it is told in its instructions that it is, makes one call of a tool and then says so. */
function write(lead: (helped: number) => Reply): void {
  agent.model.rewrite(({ messages }) => {
    const [, name = ''] = /^You are (\w+)\./.exec(String(messages[0]?.content)) ?? []
    if (name === 'lead') return lead(server.effects.length)
    const url = `${server.origin}/${name}`
    return messages.some(({ role }) => role === 'tool')
      ? text(`${name} is done`)
      : toolCalls({ name: 'http_request', arguments: { method: 'GET', url } })
  })
}

/** Workers, one after the other: each is killed as soon as it has written something. */
async function playKilled(teamId: string) {
  const body = { input: 'Count' }
  const started = await runs.call('POST', `/v1/agent-teams/${teamId}/runs`, { body })
  const url = `/v1/agent-teams/${teamId}/runs/${started.json().id}`
  let deaths = 0
  for (;;) {
    const run = (await runs.call('GET', url)).json()
    if (run.status !== 'running') return { run, deaths }
    // Nobody waits for the time after which a run is looked after.
    await agent.pool.query('UPDATE agent_team_run SET wake_at = now() WHERE ended_at IS NULL')
    const [, signal] = await once(startDyingWorker(agent, { dieAt: BOUNDARIES }), 'exit')
    expect(signal).toBe('SIGKILL')
    deaths += 1
  }
}

test('a team in sequence whose process is killed after each step asks and does all once', {
  timeout: TEST_MS,
}, async () => {
  const names = ['ann', 'ben', 'cy']
  write(() => text('never asked'))

  const { run, deaths } = await playKilled(await teamOf('sequential', ...names))

  expect(run).toMatchObject({ status: 'succeeded', answer: 'cy is done' })
  expect(agent.model.calls).toHaveLength(2 * names.length)
  expect(server.effects).toEqual(names.map((name) => `/${name}`))
  // Of each member two answers of the model, a result, the end, and what is told to the team, which then
  // asks the next one: the first was asked by whoever gave the task.
  expect(deaths).toBe(5 * names.length + (names.length - 1) + 1)
})

test('a team with a supervisor whose process is killed after each step asks and does all once', {
  timeout: TEST_MS,
}, async () => {
  const said = (fields: object) =>
    text(JSON.stringify({ member: '', instruction: '', answer: '', ...fields }))
  const helpers = ['ann']
  write((helped) => {
    const member = helpers[helped]
    return member
      ? said({ action: 'delegate', member, instruction: 'count' })
      : said({ action: 'finish', answer: 'all done' })
  })

  const { run } = await playKilled(await teamOf('supervisor', 'lead', ...helpers))

  expect(run).toMatchObject({ status: 'succeeded', answer: 'all done' })
  expect(agent.model.calls).toHaveLength(3 * helpers.length + 1)
  expect(server.effects).toEqual(helpers.map((name) => `/${name}`))
})
