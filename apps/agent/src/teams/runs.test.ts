import { eventually, testTenant } from '@dure/platform/testing'
import { failing, type Reply, text, toolCalls } from '@dure/scripted-model'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { agentRuns } from '../executions/testing/agent-runs.ts'
import { type AgentUnderTest, startAgent } from '../tasks/testing/agent.ts'

let agent: AgentUnderTest
let runs: ReturnType<typeof agentRuns>
beforeAll(async () => {
  agent = await startAgent()
  runs = agentRuns(agent)
})
afterAll(() => agent.close())

const members = async (definitions: Record<string, object>) =>
  Promise.all(
    Object.entries(definitions).map(async ([name, definition]) => ({
      ...{
        name,
        agentId: await runs.published({ instructions: `You are ${name}.`, ...definition }),
      },
      role: '',
    })),
  )

let teams = 0
async function create(definition: object) {
  teams += 1
  const body = { name: `team-${teams}`, definition }
  return runs.call('POST', '/v1/agent-teams', { body })
}

/** Who is asked is told by the instructions; the script answers by their name. */
function answering(of: (name: string, nth: number) => Reply) {
  const counts = new Map<string, number>()
  agent.model.rewrite(({ messages }) => {
    const [, name = ''] = /^You are (\w+)\./.exec(String(messages[0]?.content)) ?? []
    const nth = (counts.get(name) ?? 0) + 1
    counts.set(name, nth)
    return of(name, nth)
  })
}

async function play(teamId: string, input = 'Which way?') {
  const started = await runs.call('POST', `/v1/agent-teams/${teamId}/runs`, { body: { input } })
  expect(started.statusCode, started.body).toBe(202)
  const url = `/v1/agent-teams/${teamId}/runs/${started.json().id}`
  const run = await eventually(
    async () => {
      const found = (await runs.call('GET', url)).json()
      expect(found.status).not.toBe('running')
      return found
    },
    { timeoutMs: 30_000 },
  )
  const transcript = (await runs.call('GET', `${url}/transcript?limit=100`)).json()
  return { run, transcript: transcript.data as Record<string, unknown>[] }
}

describe('a team', () => {
  test('gives each of those who are asked at once a share of what is left', async () => {
    const [ann, ben] = await members({ ann: {}, ben: { limits: { maxCostMicroUsd: 5000 } } })
    const team = { pattern: 'parallel', members: [ann, ben], maxCostMicroUsd: 20_001 }
    const { id } = (await create(team)).json()
    answering((name) => text(`${name} says so`))

    const { transcript } = await play(id)

    const limits = transcript.map(async ({ executionId }) => {
      const run = (await runs.call('GET', `/v1/agent-runs/${executionId}`)).json()
      return run.limits.maxCostMicroUsd
    })
    expect(await Promise.all(limits)).toEqual([10_000, 5000])
  })

  test('debates, is judged, and says who has cost what', async () => {
    const [ann, ben, jo] = await members({ ann: {}, ben: {}, jo: {} })
    const team = { pattern: 'debate', members: [ann, ben], judge: jo, maxRounds: 2 }
    const { id } = (await create(team)).json()
    const ruling = JSON.stringify({ winner: 'ben', reason: 'shorter', answer: 'left' })
    answering((name) => text(name === 'jo' ? ruling : `${name} says so`))

    const { run, transcript } = await play(id)

    expect(run).toMatchObject({
      ...{ status: 'succeeded', answer: 'left', output: { winner: 'ben' } },
      costs: [
        { member: 'ann', turns: 2 },
        { member: 'ben', turns: 2 },
        { member: 'jo', turns: 1 },
      ],
    })
    const sum = run.costs.reduce(
      (all: number, one: { costMicroUsd: number }) => all + one.costMicroUsd,
      0,
    )
    expect([run.costMicroUsd, sum > 0]).toEqual([sum, true])
    expect(transcript.map(({ member, status }) => [member, status])).toEqual([
      ['ann', 'succeeded'],
      ['ben', 'succeeded'],
      ['ann', 'succeeded'],
      ['ben', 'succeeded'],
      ['jo', 'succeeded'],
    ])
    expect(transcript[3]?.asked).toContain('ann says so')
    const { status } = (
      await runs.call('GET', `/v1/agent-runs/${transcript[0]?.executionId}`)
    ).json()
    expect(status).toBe('succeeded')
  })

  test('has a member that can do nothing which its supervisor may not do', async () => {
    const [lead, helper] = await members({
      lead: { tools: [{ tool: 'date_time' }] },
      helper: { tools: [{ tool: 'calculator' }, { tool: 'date_time' }] },
    })
    const { id } = (await create({ pattern: 'supervisor', members: [lead, helper] })).json()
    const decide = (fields: object) =>
      text(JSON.stringify({ member: '', instruction: '', answer: '', ...fields }))
    const offered: unknown[] = []
    answering((name, nth) => {
      if (name === 'lead') {
        return nth === 1
          ? decide({ action: 'delegate', member: 'helper', instruction: 'count' })
          : decide({ action: 'finish', answer: 'done' })
      }
      offered.push(agent.model.calls.at(-1)?.tools)
      return nth === 1
        ? toolCalls({ name: 'calculator', arguments: { expression: '1 + 1' } })
        : text('I may not')
    })

    const { run, transcript } = await play(id)

    expect(run).toMatchObject({ status: 'succeeded', answer: 'done' })
    expect(transcript[1]).toMatchObject({
      member: 'helper',
      onBehalfOf: ['lead'],
      text: 'I may not',
    })
    const names = (offered[0] as { function: { name: string } }[]).map((one) => one.function.name)
    expect(names).toEqual(['date_time'])
  })

  test('fails with the member that fails, or goes on without it', async () => {
    const [ann, ben] = await members({ ann: {}, ben: {} })
    const pattern = { pattern: 'parallel', members: [ann, ben] }
    answering((name) => (name === 'ann' ? failing(400, { message: 'no' }) : text('mine')))

    const strict = await play((await create(pattern)).json().id)
    const lenient = await play((await create({ ...pattern, onMemberError: 'skip' })).json().id)

    expect(strict.run).toMatchObject({ status: 'failed', error: { code: 'team.member-failed' } })
    expect(lenient.run).toMatchObject({ status: 'succeeded', output: { ben: 'mine' } })
  })

  test('ends with a member that cannot be asked', async () => {
    const guardrails = [{ check: 'pii', action: 'block', on: 'input' }]
    const [ann, ben] = await members({ ann: {}, ben: { guardrails } })
    const { id } = (await create({ pattern: 'sequential', members: [ann, ben] })).json()
    answering((name) => text(`${name} was here`))

    const { run } = await play(id, 'Write to kim@example.com')

    expect(run).toMatchObject({
      ...{ status: 'failed', error: { code: 'team.member-failed' } },
      costs: [{ member: 'ann' }, { member: 'ben', costMicroUsd: 0 }],
    })
    expect(run.error.message).toContain('guardrail.blocked')
  })

  test('is found and moved on when nobody was told that a member has ended', async () => {
    const [ann, ben] = await members({ ann: {}, ben: {} })
    const { id } = (await create({ pattern: 'sequential', members: [ann, ben] })).json()
    answering((name) => text(`${name} was here`))
    const { run } = await play(id)
    // As if the process had died after the end of a member, before it told the team.
    await agent.pool.query(
      `UPDATE agent_team_run SET status = 'running', ended_at = NULL, answer = NULL, wake_at = now() WHERE id = $1`,
      [run.id],
    )
    await agent.pool.query(
      `UPDATE agent_team_turn SET turn = NULL, ended_at = NULL WHERE run_id = $1`,
      [run.id],
    )
    const called = agent.model.calls.length

    const again = await eventually(
      async () => {
        const found = (await runs.call('GET', `/v1/agent-teams/${id}/runs/${run.id}`)).json()
        expect(found.status).toBe('succeeded')
        return found
      },
      { timeoutMs: 40_000 },
    )

    expect(again.answer).toBe('ben was here')
    expect(agent.model.calls).toHaveLength(called)
  })

  test('is stopped with whoever it has asked', async () => {
    const [ann, ben] = await members({
      ann: { tools: [{ tool: 'calculator', approval: 'always' }] },
      ben: {},
    })
    const { id } = (await create({ pattern: 'sequential', members: [ann, ben] })).json()
    answering(() => toolCalls({ name: 'calculator', arguments: { expression: '1' } }))
    const started = await runs.call('POST', `/v1/agent-teams/${id}/runs`, { body: { input: 'x' } })
    const url = `/v1/agent-teams/${id}/runs/${started.json().id}`
    const asked = await eventually(async () => {
      const [turn] = (await runs.call('GET', `${url}/transcript`)).json().data
      expect((await runs.get(turn.executionId)).status).toBe('waiting')
      return turn
    })

    const stopped = await runs.call('POST', `${url}/cancel`)

    expect(stopped.json()).toMatchObject({ status: 'cancelled' })
    await runs.until(asked.executionId, 'cancelled')
    expect((await runs.call('POST', `${url}/cancel`)).json().code).toBe('team-run.ended')
  })

  test('is created, changed, listed and deleted, and one that would not work is refused', async () => {
    const [ann, ben] = await members({ ann: {}, ben: {} })
    const bad = await create({ pattern: 'debate', members: [ann, ann] })
    expect([bad.statusCode, bad.json().code]).toEqual([400, 'team.invalid'])
    expect(bad.json().errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual([
      '#/definition/members/1/name',
      '#/definition/judge',
    ])
    const { id, name } = (await create({ pattern: 'vote', members: [ann, ben] })).json()
    const taken = await runs.call('POST', '/v1/agent-teams', {
      body: { name, definition: { pattern: 'vote', members: [ann, ben] } },
    })
    expect(taken.json().code).toBe('team.name-taken')
    const [first] = (await runs.call('GET', '/v1/agent-teams')).json().data
    expect(first.id).toBe(id)
    const foreign = await runs.call('GET', `/v1/agent-teams/team_${'0'.repeat(32)}`)
    expect(foreign.json().code).toBe('team.not-found')
    const unknown = { ...ann, agentId: `agt_${'0'.repeat(32)}` }
    const judge = { ...unknown, name: 'jo' }
    const refused = await create({
      pattern: 'debate',
      members: [ann, { ...ben, version: 2 }],
      judge,
    })
    expect([refused.statusCode, refused.json().code]).toEqual([400, 'team.agent-not-found'])
    expect(refused.json().errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual([
      '#/definition/members/1/agentId',
      '#/definition/judge/agentId',
    ])
  })

  test('has no member of another organization or project, which looks as if there were none', async () => {
    const [ann] = await members({ ann: {} })
    const { id } = (await create({ pattern: 'sequential', members: [ann] })).json()
    const attempts = []
    for (const tenant of [
      testTenant('8'),
      { ...testTenant(), projectId: testTenant('9').projectId },
    ]) {
      const body = { name: 'agent', definition: { instructions: 'x' } }
      const foreign = (await runs.call('POST', '/v1/agents', { body, tenant })).json()
      attempts.push(foreign.id)
    }
    const answers = []
    for (const agentId of [...attempts, `agt_${'0'.repeat(32)}`]) {
      const definition = { pattern: 'sequential', members: [{ ...ann, agentId }] }
      const body = { name: 'other', definition }
      for (const [method, path] of [
        ['POST', ''],
        ['PUT', `/${id}`],
      ] as const) {
        const {
          requestId: _,
          instance: __,
          ...answer
        } = (await runs.call(method, `/v1/agent-teams${path}`, { body })).json()
        answers.push(answer)
      }
    }
    expect(answers[0]).toMatchObject({ status: 400, code: 'team.agent-not-found' })
    for (const answer of answers) expect(answer).toEqual(answers[0])
    const kept = (await runs.call('GET', `/v1/agent-teams/${id}`)).json()
    expect(kept.definition.members).toMatchObject([ann])
  })
})
