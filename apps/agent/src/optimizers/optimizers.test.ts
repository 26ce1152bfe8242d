import { testTenant } from '@dure/platform/testing'
import { held, type ModelCall, text } from '@dure/scripted-model'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type AgentUnderTest, startAgent } from '../tasks/testing/agent.ts'
import {
  answerOfBase,
  helpful,
  isProposal,
  optimizingOf,
  questionOf,
  questionsIn,
  RIGHT,
  systemOf,
} from './testing/optimizing.ts'

/** On a busy machine, each experiment takes seconds. */
const TEST_MS = 180_000

let agent: AgentUnderTest
let lab: ReturnType<typeof optimizingOf>
beforeAll(async () => {
  agent = await startAgent({ MODEL_DEFAULT: 'scripted' })
  lab = optimizingOf(agent)
})
afterAll(() => agent.close())

async function optimized(changes: object = {}) {
  const wanted = { ...(await lab.prepared()), ...changes }
  const begun = await lab.optimize(wanted)
  expect(begun.statusCode, begun.body).toBe(202)
  return { wanted, begun: begun.json(), optimization: await lab.ended(begun.json().id) }
}

describe('a search for better instructions', { timeout: TEST_MS }, () => {
  test('finds a rewriting that helps, shows its gain and cost, and puts it into the draft', async () => {
    agent.model.rewrite(helpful('HELPS'))
    const { wanted, begun, optimization } = await optimized()
    const { agentId } = wanted

    expect(begun.parts).toEqual({ train: 12, validation: 12, test: 16 })
    expect(optimization).toMatchObject({
      status: 'done',
      conclusion: { verdict: 'better', candidate: 1, gain: { cases: 16 } },
    })
    const { gain } = optimization.conclusion
    expect(gain.low).toBeGreaterThan(0)
    expect(gain.wilcoxonP).toBeLessThan(0.05)
    const { baseline, candidates } = optimization
    expect(gain.difference).toBeCloseTo(candidates[0].test.score - baseline.test.score, 9)
    expect(candidates.map(({ method }: { method: string }) => method)).toEqual([
      'rewrite',
      'few-shot',
      'rewrite-and-few-shot',
    ])
    expect(candidates[0]).toMatchObject({
      ...{ instructions: 'HELPS 1', leftInRound: null },
      ...{ validation: { score: 1, low: 1, high: 1 }, test: { cases: 16, score: 1 } },
    })
    expect(candidates[1].test).toBeNull()
    expect(baseline.train.cases).toBe(12)
    expect(optimization.costMicroUsd).toBeGreaterThan(0)
    expect(optimization.costMicroUsd).toBeLessThanOrEqual(wanted.budgetMicroUsd)
    expect(optimization.inputTokens).toBeGreaterThan(baseline.train.inputTokens)

    const before = (await lab.call('GET', `/v1/agents/${agentId}`)).json()
    const applied = await lab.apply(optimization.id)
    expect(applied.json()).toMatchObject({
      definition: { ...before.definition, instructions: 'HELPS 1' },
      publishedVersion: before.publishedVersion,
    })
    const version = await lab.call('GET', `/v1/agents/${agentId}/versions/${candidates[0].version}`)
    expect(version.json().definition).toEqual(applied.json().definition)
    expect((await lab.apply(optimization.id)).json().code).toBe('prompt-optimization.draft-changed')
    const other = { candidate: 2, overwrite: true }
    expect((await lab.apply(optimization.id, other)).statusCode).toBe(200)
  })

  test('learns nothing from what it is chosen by and confirmed on', async () => {
    agent.model.rewrite(helpful('HELPS'))
    const { optimization } = await optimized({ maxCandidates: 4 })
    const parts = await lab.parts(optimization.id)
    const held = [...parts.validation, ...parts.test]

    const told = agent.model.calls.filter(isProposal).map((call) => JSON.stringify(call.messages))
    expect(told.length).toBeGreaterThan(0)
    for (const one of told) {
      expect(questionsIn(one).filter((question) => held.includes(question))).toEqual([])
    }
    for (const { instructions } of optimization.candidates) {
      expect(questionsIn(instructions).every((one) => parts.train.includes(one))).toBe(true)
    }
    const [shown] = optimization.candidates.filter(
      ({ method }: { method: string }) => method === 'few-shot',
    )
    expect(questionsIn(shown.instructions)).toHaveLength(shown.exampleCaseIds.length)
    // Only the one that was chosen, and the agent as it was, meet the part for testing: once each.
    const asked = agent.model.calls.filter((call) => !isProposal(call)).map(questionOf)
    for (const question of parts.test) {
      expect(asked.filter((one) => one === question)).toHaveLength(2)
    }
  })

  test('says plainly that nothing is better, and applies nothing', async () => {
    agent.model.rewrite(helpful('Of no use'))
    const { optimization } = await optimized()
    const { test: held } = await lab.parts(optimization.id)

    expect(optimization).toMatchObject({
      status: 'done',
      conclusion: {
        verdict: 'nothing-better',
        explanation: expect.stringContaining('No candidate'),
      },
    })
    const asked = agent.model.calls.map(questionOf)
    expect(asked.filter((question) => held.includes(question))).toEqual([])
    expect((await lab.apply(optimization.id)).json().code).toBe(
      'prompt-optimization.nothing-better',
    )
  })

  test('refuses what was better by luck where it was chosen', async () => {
    let lucky: readonly string[] = []
    const propose = helpful('LUCKY')
    agent.model.rewrite((call: ModelCall) => {
      const isLucky = systemOf(call).includes('LUCKY') && lucky.includes(questionOf(call))
      return isProposal(call) || !isLucky ? propose(call) : text(RIGHT)
    })
    const wanted = { ...(await lab.prepared()), methods: ['rewrite'], maxCandidates: 1 }
    const { id } = (await lab.optimize(wanted)).json()
    lucky = (await lab.parts(id)).validation
    const { conclusion, candidates } = await lab.ended(id)

    expect(candidates[0].validation.score).toBe(1)
    expect(conclusion).toMatchObject({
      ...{ verdict: 'nothing-better', candidate: 1, gain: { difference: 0 } },
      explanation: expect.stringContaining('not beyond chance'),
    })
  })

  test('ends where there is nothing to improve, and where the agent gives no answers', async () => {
    agent.model.rewrite(() => text(RIGHT))
    const perfect = (await optimized()).optimization
    expect([perfect.status, perfect.conclusion.verdict]).toEqual(['done', 'nothing-to-improve'])
    expect(agent.model.calls.some(isProposal)).toBe(false)
  })

  test('does without proposals that cannot be used', async () => {
    agent.model.rewrite((call) =>
      isProposal(call) ? text('I would rather not') : answerOfBase(call),
    )
    const { optimization } = await optimized({ methods: ['rewrite'], maxCandidates: 2 })
    expect(optimization).toMatchObject({
      status: 'done',
      conclusion: { verdict: 'nothing-better' },
    })
    expect(optimization.candidates).toMatchObject([
      { instructions: null, version: null, refusal: expect.stringContaining('the form') },
      { instructions: null },
    ])
    expect(optimization.costMicroUsd).toBeGreaterThan(optimization.baseline.train.costMicroUsd)
  })

  test.each([
    ['all of measuring', 500, 'measuring'],
    ['a candidate', 1500, 'measuring'],
  ])(
    'ends without going beyond a budget that does not last for %s',
    async (_what, budgetMicroUsd, phase) => {
      agent.model.rewrite(helpful('HELPS'))
      const { optimization } = await optimized({ budgetMicroUsd, maxRunCostMicroUsd: 400 })
      expect(optimization).toMatchObject({
        ...{ status: 'failed', phase, candidates: [] },
        error: { code: 'prompt-optimization.budget-exceeded' },
      })
      expect(optimization.costMicroUsd).toBeLessThanOrEqual(budgetMicroUsd)
      expect(agent.model.calls.some(isProposal)).toBe(false)
    },
  )

  test('that is cancelled asks nobody any more, and can be deleted', async () => {
    const waiting = held(text('late'))
    agent.model.rewrite(() => waiting)
    const { id } = (await lab.optimize(await lab.prepared())).json()
    const path = `/v1/ai/prompt-optimizations/${id}`
    expect((await lab.call('DELETE', path)).json().code).toBe('prompt-optimization.under-way')
    expect((await lab.call('POST', `${path}/cancel`)).json().status).toBe('cancelled')
    expect((await lab.call('POST', `${path}/cancel`)).json().code).toBe('prompt-optimization.over')
    waiting.release()
    await expect
      .poll(async () => (await lab.call('DELETE', path)).statusCode, { timeout: 30_000 })
      .toBe(204)
    expect((await lab.call('GET', path)).json().code).toBe('prompt-optimization.not-found')
  })

  test('keeps its experiments to itself: no list has them, and no gate takes them', async () => {
    agent.model.rewrite(helpful('HELPS'))
    const { wanted, optimization } = await optimized()
    const { agentId, datasetId, evaluatorIds } = wanted
    const [{ version }] = optimization.candidates
    const listed = await lab.call('GET', `/v2/experiments?agentId=${agentId}`)
    expect(listed.json().data).toEqual([])
    const { rows } = await agent.pool.query(
      'SELECT id FROM experiment WHERE optimization_id = $1',
      [optimization.id],
    )
    const part = (await lab.call('GET', `/v2/experiments/${rows[0].id}`)).json()
    expect(part.optimizationId).toBe(optimization.id)
    expect((await lab.call('DELETE', `/v2/experiments/${part.id}`)).json().code).toBe(
      'experiment.of-optimization',
    )
    const gate = { datasetId, evaluatorIds, minScore: 0.5 }
    await lab.call('PUT', `/v1/agents/${agentId}/gate`, { body: gate })
    for (const query of ['', ...rows.map(({ id }) => `?gate=${id}`)]) {
      const path = `/v1/agents/${agentId}/versions/${version}/publish${query}`
      expect((await lab.call('POST', path)).json().code).toBe('agent.gate-not-met')
    }
  })
})

test('is refused for what is not there, too little or foreign', async () => {
  const wanted = await lab.prepared()
  const refused = async (changes: object) =>
    (await lab.optimize({ ...wanted, ...changes })).json().code
  const few = await lab.dataset([{ input: 'a' }, { input: 'b' }])

  expect(await refused({ datasetId: few })).toBe('prompt-optimization.too-few-cases')
  expect(await refused({ agentId: `agt_${'0'.repeat(32)}` })).toBe('agent.not-found')
  expect(await refused({ version: 9 })).toBe('agent.version-not-found')
  expect(await refused({ datasetId: `dst_${'0'.repeat(32)}` })).toBe('dataset.not-found')
  expect(await refused({ evaluatorIds: [`evr_${'0'.repeat(32)}`] })).toBe(
    'experiment.unknown-evaluator',
  )
  expect(await refused({ methods: ['rewrite'], model: 'demo' })).toBe(
    'prompt-optimization.no-model',
  )
  expect(await refused({ budgetMicroUsd: 0 })).toBe('request.invalid')
  const { id } = (await lab.optimize(wanted)).json()
  const foreign = { tenant: testTenant('2') }
  const path = `/v1/ai/prompt-optimizations/${id}`
  expect((await lab.call('GET', path, foreign)).statusCode).toBe(404)
  for (const act of ['cancel', 'apply']) {
    const answer = await lab.call('POST', `${path}/${act}`, { ...foreign, body: {} })
    expect(answer.statusCode).toBe(404)
  }
  expect((await lab.call('POST', `${path}/cancel`)).statusCode).toBe(200)
  const listed = (await lab.call('GET', '/v1/ai/prompt-optimizations?limit=1')).json().data
  expect(listed[0].id).toBe(id)
})
