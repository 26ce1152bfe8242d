import { eventually, testTenant } from '@dure/platform/testing'
import { halting, text } from '@dure/scripted-model'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { agentRuns } from '../executions/testing/agent-runs.ts'
import { type AgentUnderTest, startAgent } from '../tasks/testing/agent.ts'
import { newTask } from '../tasks/testing/task.ts'
import { teamRunIdOf } from './run-store.ts'

let agent: AgentUnderTest
let runs: ReturnType<typeof agentRuns>
beforeAll(async () => {
  agent = await startAgent()
  runs = agentRuns(agent)
})
afterAll(() => agent.close())

const PATIENCE = { timeoutMs: 40_000 }

let teams = 0
/** One after the other. */
async function created(more: object = {}, definition: object = {}): Promise<string> {
  const agentId = await runs.published(definition)
  teams += 1
  const name = `team-${teams}`
  const members = ['ann', 'ben'].map((member) => ({ name: member, agentId }))
  const body = { name, definition: { pattern: 'sequential', members, ...more } }
  const response = await runs.call('POST', '/v1/agent-teams', { body })
  expect(response.statusCode, response.body).toBe(201)
  return name
}

describe('the node of a workflow', () => {
  test('is told what its team has answered, who said what, and what that took, once', async () => {
    const team = await created()
    agent.model.rewrite([text('a draft'), text('a text')])
    const task = newTask()

    await agent.runTeam(task, { team, input: 'Write', maxCostMicroUsd: 500_000 })

    const outcome = await agent.outcomeOf(task, PATIENCE)
    expect(outcome).toMatchObject({
      status: 'succeeded',
      output: {
        answer: 'a text',
        transcript: [
          { member: 'ann', status: 'succeeded', text: 'a draft' },
          { member: 'ben', status: 'succeeded', text: 'a text' },
        ],
        costs: [{ member: 'ann' }, { member: 'ben' }],
        teamRunId: teamRunIdOf(task),
      },
    })
    const { usage } = outcome as { usage?: { costMicroUsd: number } }
    expect(usage?.costMicroUsd).toBeGreaterThan(0)
    const listed = (await runs.call('GET', '/v1/agent-runs?limit=2')).json().data
    expect(listed).toMatchObject([{ startedBy: 'workflow' }, { startedBy: 'workflow' }])

    await agent.runTeam(task, { team, input: 'Write' })
    await agent.outcomeOf(task, { times: 2, ...PATIENCE })
    expect(agent.model.calls).toHaveLength(2)
  })

  test('gives its members words from outside, unless its author answers for them', async () => {
    const team = await created(await soloist())
    const startOf = async (isTrusted: boolean) => {
      agent.model.rewrite(() => text('fine'))
      const task = newTask()
      await agent.runTeam(task, { team, input: 'Write', ...(isTrusted && { isTrusted }) })
      await agent.outcomeOf(task, PATIENCE)
      const { rows } = await agent.pool.query(
        `SELECT data FROM events JOIN agent_team_turn ON stream = execution_id
         WHERE run_id = $1 AND version = 1`,
        [teamRunIdOf(task)],
      )
      return rows[0].data.isUntrusted ?? false
    }
    expect([await startOf(false), await startOf(true)]).toEqual([true, false])
  })

  test('is told why there is no answer', async () => {
    const team = await created()
    const [task, foreign] = [newTask(), newTask({ tenant: testTenant('2') })]
    await agent.runTeam(task, { team: 'nobody', input: 'Write' })
    await agent.runTeam(foreign, { team, input: 'Write' })
    const error = { code: 'team.not-found' }
    for (const one of [task, foreign])
      expect(await agent.outcomeOf(one, PATIENCE)).toMatchObject({ status: 'failed', error })
  })

  test('waits no longer than it may', async () => {
    const team = await created({}, { tools: [{ tool: 'calculator', approval: 'always' }] })
    const halt = halting('one two three four')
    agent.model.rewrite(() => halt)
    const task = newTask({ timeoutMs: 2000 })
    await agent.runTeam(task, { team, input: 'Write' })
    expect(await agent.outcomeOf(task, PATIENCE)).toMatchObject({
      error: { code: 'team.timed-out', class: 'timeout' },
    })
    halt.release()
  })

  test('cancels what it has begun, and what it has not', async () => {
    const team = await created()
    const halt = halting('one two three four')
    agent.model.rewrite(() => halt)
    const [task, early] = [newTask(), newTask()]
    await agent.runTeam(task, { team, input: 'Write' })
    await eventually(() => expect(agent.model.calls).toHaveLength(1), PATIENCE)

    await agent.cancel(task)
    await agent.cancel(early)
    expect(await agent.outcomeOf(task, PATIENCE)).toMatchObject({
      error: { code: 'team.cancelled' },
    })
    await eventually(async () => {
      const query = 'SELECT FROM task_effect WHERE task_key = $1 AND cancelled_attempt = 1'
      expect((await agent.pool.query(query, [early.taskKey])).rowCount).toBe(1)
    })
    await agent.runTeam(early, { team, input: 'Write' })
    await eventually(async () => expect(await agent.pending()).toBe(0), PATIENCE)
    halt.release()
    expect(agent.model.calls).toHaveLength(1)
    expect(agent.told.map((one) => one.task.taskKey)).not.toContain(early.taskKey)
  })

  test('is told by somebody else when whoever ended the run died before it told', async () => {
    const team = await created()
    agent.model.rewrite(() => text('fine'))
    const task = newTask()
    await agent.runTeam(task, { team, input: 'Write' })
    await agent.outcomeOf(task, PATIENCE)
    await eventually(async () => {
      const { rowCount } = await agent.pool.query(
        `UPDATE agent_team_run SET told_at = NULL, ended_at = ended_at - interval '1 minute'
         WHERE id = $1 AND told_at IS NOT NULL`,
        [teamRunIdOf(task)],
      )
      expect(rowCount).toBe(1)
    })
    expect(await agent.outcomeOf(task, { times: 2, ...PATIENCE })).toMatchObject({
      output: { answer: 'fine' },
    })
    expect(agent.model.calls).toHaveLength(2)
  })
})

async function soloist() {
  return { members: [{ name: 'solo', agentId: await runs.published() }] }
}
