import { loadConfig } from '@dure/platform'
import { eventually, testTenant } from '@dure/platform/testing'
import { failing, held, text } from '@dure/scripted-model'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createApp } from '../app.ts'
import { Config } from '../config.ts'
import { type AgentUnderTest, startAgent } from '../tasks/testing/agent.ts'
import { CASES, labOf, obedient } from './testing/lab.ts'

let agent: AgentUnderTest
let lab: ReturnType<typeof labOf>
beforeAll(async () => {
  agent = await startAgent({ MODEL_EMBEDDING: 'small' })
  lab = labOf(agent)
})
afterAll(() => agent.close())
beforeEach(() => agent.model.rewrite(obedient))

const GOOD = '환불은 7일 안에 됩니다'
const BAD = '모릅니다'
const contains = { kind: 'contains' }

async function prepared(...answers: readonly string[]) {
  return {
    agentId: await lab.agent(...answers),
    datasetId: await lab.dataset(CASES),
    evaluatorIds: [await lab.evaluator(contains)],
  }
}

describe('an experiment', () => {
  test('asks two versions each case, scores their answers, and says which is better', async () => {
    const wanted = await prepared(GOOD, BAD)
    const begun = await lab.begin({ ...wanted, versions: [1, 2], concurrency: 8 })
    expect(begun.statusCode).toBe(202)
    expect(begun.json()).toMatchObject({ status: 'running', progress: { done: 0, total: 16 } })
    // What is changed afterwards is for later experiments.
    const added = { body: [{ input: 'new' }] }
    await lab.call('POST', `/v2/datasets/${wanted.datasetId}/cases`, added)
    const [evaluatorId] = wanted.evaluatorIds
    const changed = { body: { name: 'changed', config: { kind: 'exact' } } }
    await lab.call('PUT', `/v2/evaluators/${evaluatorId}`, changed)

    const experiment = await lab.end(begun.json().id)

    expect(experiment).toMatchObject({ status: 'done', datasetRevision: 2 })
    expect(experiment.summary.versions).toMatchObject([
      { version: 1, runs: 8, failed: 0, score: 1, passRate: 1 },
      { version: 2, runs: 8, failed: 0, score: 0, passRate: 0 },
    ])
    expect(experiment.summary.comparison).toMatchObject({
      ...{ a: 1, b: 2, cases: 8, difference: -1, verdict: 'worse' },
      mcNemar: { onlyA: 8, onlyB: 0 },
    })
    const first = await lab.results(experiment.id, '?limit=5')
    const next = await lab.results(experiment.id, `?limit=100&cursor=${first.nextCursor}`)
    const all = [...first.data, ...next.data]
    expect(all).toHaveLength(16)
    expect(all[0]).toMatchObject({
      ...{ version: 1, repetition: 1, status: 'scored', output: GOOD, case: CASES[0] },
      scores: [{ result: { score: 1, passed: true } }],
    })
    expect(new Set(all.map(({ executionId }) => executionId)).size).toBe(16)
    expect(agent.model.calls).toHaveLength(16)
    const [list] = (await lab.call('GET', `/v2/experiments?agentId=${wanted.agentId}`)).json().data
    expect(list).toEqual(experiment)
  })

  test('asks models that judge and that make vectors, and books what judges cost', async () => {
    const evaluatorIds = [
      await lab.evaluator({ kind: 'llm-judge', rubric: 'Is it polite?' }),
      await lab.evaluator({ kind: 'similarity', passAt: 0.99 }),
    ]
    const wanted = { ...(await prepared('7일')), evaluatorIds, versions: [1], repetitions: 2 }
    const experiment = await lab.end((await lab.begin(wanted)).json().id)

    expect(experiment.summary.versions[0]).toMatchObject({
      ...{ runs: 16, passRate: 1 },
      evaluators: [
        { scored: 16, errors: 0, mean: 0.9 },
        { scored: 16, errors: 0, mean: 1 },
      ],
    })
    expect(experiment.summary.versions[0].score).toBeCloseTo(0.95, 10)
    const judged = agent.model.calls.filter((call) => JSON.stringify(call).includes('You judge'))
    expect(judged).toHaveLength(16)
  })

  test('counts a run without an answer as 0, and what cannot be scored as an error', async () => {
    agent.model.rewrite((call) => {
      if (JSON.stringify(call).includes('You judge')) return text('I would rather not')
      return JSON.stringify(call.messages).includes('(3)') ? failing(400) : obedient(call)
    })
    const judge = await lab.evaluator({ kind: 'llm-judge', rubric: 'Is it polite?' })
    const wanted = await prepared(GOOD)
    const evaluatorIds = [...wanted.evaluatorIds, judge]
    const begun = await lab.begin({ ...wanted, evaluatorIds, versions: [1] })
    const experiment = await lab.end(begun.json().id)

    const [version] = experiment.summary.versions
    expect(version).toMatchObject({ runs: 8, failed: 1 })
    expect(version.evaluators).toMatchObject([
      { scored: 8, errors: 0, mean: 7 / 8 },
      { scored: 1, errors: 7, mean: 0 },
    ])
    const failed = (await lab.results(experiment.id)).data[3]
    expect(failed.scores[0].result).toMatchObject({ score: 0, passed: false })
    expect(failed.error.code).toMatch(/^model\./)
  })

  test('starts no run that its budget may not pay for', async () => {
    const wanted = await prepared(GOOD)
    // By the limits of the version, each may cost 1,000,000.
    const begun = await lab.begin({ ...wanted, versions: [1], budgetMicroUsd: 999_999 })
    const experiment = await lab.end(begun.json().id)

    expect(experiment).toMatchObject({
      ...{ status: 'failed', error: { code: 'experiment.budget-exceeded' }, costMicroUsd: 0 },
      progress: { done: 0, total: 8 },
    })
    expect(agent.model.calls).toHaveLength(0)
  })

  test('that is cancelled ends what is under way, and starts nothing more', async () => {
    const wanted = await prepared(GOOD)
    const waiting = held(text('late'))
    agent.model.rewrite(() => waiting)
    const begun = await lab.begin({ ...wanted, versions: [1], concurrency: 2 })
    const { id } = begun.json()
    await eventually(() => expect(agent.model.calls.length).toBeGreaterThan(0))
    expect((await lab.call('DELETE', `/v2/experiments/${id}`)).json().code).toBe(
      'experiment.under-way',
    )

    expect((await lab.call('POST', `/v2/experiments/${id}/cancel`)).json().status).toBe('cancelled')
    await eventually(async () => {
      const { data } = await lab.results(id)
      const statuses = data.map((run: { status: string }) => run.status)
      expect(statuses).toEqual(['cancelled', 'cancelled', ...Array(6).fill('waiting')])
    })
    waiting.release()
    const again = await lab.call('POST', `/v2/experiments/${id}/cancel`)
    expect(again.json().code).toBe('experiment.over')
    expect((await lab.call('DELETE', `/v2/experiments/${id}`)).statusCode).toBe(204)
    expect((await lab.call('GET', `/v2/experiments/${id}`)).json().code).toBe(
      'experiment.not-found',
    )
  })

  test('is refused for what it names and is not there', async () => {
    const wanted = { ...(await prepared(GOOD)), versions: [1] }
    const refused = async (changes: object) =>
      (await lab.begin({ ...wanted, ...changes })).json().code
    const empty = (await lab.call('POST', '/v2/datasets', { body: { name: 'empty' } })).json().id

    expect(await refused({ agentId: `agt_${'0'.repeat(32)}` })).toBe('agent.not-found')
    expect(await refused({ versions: [7] })).toBe('agent.version-not-found')
    expect(await refused({ versions: [1, 'draft'] })).toBe('experiment.same-version')
    expect(await refused({ datasetId: `dst_${'0'.repeat(32)}` })).toBe('dataset.not-found')
    expect(await refused({ datasetId: empty })).toBe('experiment.no-cases')
    const unknown = [`evr_${'0'.repeat(32)}`]
    expect(await refused({ evaluatorIds: unknown })).toBe('experiment.unknown-evaluator')
    const { id } = (await lab.begin(wanted)).json()
    const foreign = { tenant: testTenant('2') }
    expect((await lab.call('GET', `/v2/experiments/${id}`, foreign)).statusCode).toBe(404)
    expect((await lab.call('POST', `/v2/experiments/${id}/cancel`, foreign)).statusCode).toBe(404)
    expect(
      (await lab.call('POST', '/v2/experiments', { ...foreign, body: wanted })).statusCode,
    ).toBe(404)
    await lab.end(id)
  })
})

test('what a process has begun that died is ended by the next one, and nothing twice', async () => {
  const dead = await startAgent({ ROLE: 'api' })
  const its = labOf(dead)
  dead.model.rewrite(obedient)
  const evaluatorIds = [
    await its.evaluator({ kind: 'llm-judge', rubric: 'x' }),
    await its.evaluator(contains),
  ]
  const wanted = {
    agentId: await its.agent(GOOD),
    datasetId: await its.dataset(CASES),
    evaluatorIds,
  }
  const { id } = (await its.begin({ ...wanted, versions: [1] })).json()
  const leave = (ordinal: number, set: string, values: readonly unknown[] = []) =>
    dead.pool.query(
      `UPDATE experiment_run SET lease_until = now() - interval '1 second', tries = 1, ${set}
       WHERE experiment_id = $1 AND ordinal = $2`,
      [id, ordinal, ...values],
    )
  const outcome = {
    ...{ status: 'succeeded', output: GOOD, toolCalls: [], error: null },
    ...{ costMicroUsd: 0, inputTokens: 1, outputTokens: 1, durationMs: 1 },
  }
  const paid = [{ evaluatorId: evaluatorIds[0], result: { score: 0.3, passed: false, reason: '' } }]
  // Taken, and not started. Over, and not scored. One judge paid, and the rest not scored.
  await leave(0, `status = 'running'`)
  await leave(1, `status = 'ended', is_started = true, outcome = $3`, [JSON.stringify(outcome)])
  await leave(2, `status = 'ended', is_started = true, outcome = $3, scores = $4`, [
    ...[JSON.stringify(outcome), JSON.stringify(paid)],
  ])

  const next = await createApp(loadConfig(Config, { ...dead.env, ROLE: 'worker' }))
  await next.ready()
  const experiment = await its.end(id)

  expect(experiment).toMatchObject({ status: 'done', progress: { done: 8, total: 8 } })
  const judged = dead.model.calls.filter((call) => JSON.stringify(call).includes('You judge'))
  expect([judged.length, dead.model.calls.length - judged.length]).toEqual([7, 6])
  const kept = (await its.results(id)).data[2]
  expect(kept.scores[0].result.score).toBe(0.3)
  await next.close()
  await dead.close()
})
