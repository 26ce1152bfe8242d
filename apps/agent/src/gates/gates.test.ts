import { eventually } from '@dure/platform/testing'
import { held, text } from '@dure/scripted-model'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { CASES, labOf, obedient } from '../experiments/testing/lab.ts'
import { type AgentUnderTest, startAgent } from '../tasks/testing/agent.ts'

let agent: AgentUnderTest
let lab: ReturnType<typeof labOf>
beforeAll(async () => {
  agent = await startAgent()
  lab = labOf(agent)
})
afterAll(() => agent.close())
beforeEach(() => agent.model.rewrite(obedient))

const GOOD = '환불은 7일 안에 됩니다'
const BETTER = '환불은 신청하신 날부터 7일 안에 됩니다'
const BAD = '모릅니다'

async function gated(...answers: readonly string[]) {
  const agentId = await lab.agent(...answers)
  const datasetId = await lab.dataset(CASES)
  const evaluatorIds = [await lab.evaluator({ kind: 'contains' })]
  const publish = (version: number, query = '') =>
    lab.call('POST', `/v1/agents/${agentId}/versions/${version}/publish${query}`)
  await publish(1)
  const body = { datasetId, evaluatorIds, minScore: 0.8 }
  const gate = await lab.call('PUT', `/v1/agents/${agentId}/gate`, { body })
  expect(gate.statusCode).toBe(200)
  const tried = async (versions: readonly number[]) => {
    const begun = await lab.begin({ agentId, datasetId, evaluatorIds, versions, concurrency: 8 })
    return lab.end(begun.json().id)
  }
  return { agentId, datasetId, evaluatorIds, publish, tried }
}

test('a worse prompt is blocked, force with a reason is on record, and one call rolls back', async () => {
  const { agentId, publish, tried } = await gated(GOOD, BAD)
  const late = held(text(GOOD))
  agent.model.rewrite(() => late)
  const run = await lab.call('POST', `/v1/agents/${agentId}/runs`, { body: { input: '언제?' } })
  await eventually(() => expect(agent.model.calls).toHaveLength(1))
  agent.model.rewrite(obedient)

  expect((await publish(2)).json()).toMatchObject({ status: 409, code: 'agent.gate-not-met' })
  const experiment = await tried([1, 2])
  const blocked = (await publish(2)).json()
  expect(blocked).toMatchObject({
    code: 'agent.gate-not-met',
    details: {
      experimentId: experiment.id,
      minScore: 0.8,
      score: 0,
      comparison: { verdict: 'worse' },
    },
  })
  expect((await publish(2, '?force=true')).json().code).toBe('agent.force-without-reason')

  const forced = await publish(2, `?force=true&reason=${encodeURIComponent('공지: 상담 중단')}`)
  expect(forced.json()).toMatchObject({ publishedVersion: 2 })
  const publications = async () =>
    (await lab.call('GET', `/v1/agents/${agentId}/publications`)).json().data
  expect((await publications())[0]).toMatchObject({
    ...{
      versionNumber: 2,
      kind: 'publish',
      forceReason: '공지: 상담 중단',
      publishedBy: 'key_test',
    },
  })
  const rolledBack = await lab.call('POST', `/v1/agents/${agentId}/rollback`)
  expect(rolledBack.json()).toMatchObject({ publishedVersion: 1 })
  expect((await publications())[0]).not.toHaveProperty('forceReason')

  late.release()
  await eventually(async () => {
    const ended = (await lab.call('GET', `/v1/agent-runs/${run.json().id}`)).json()
    expect(ended).toMatchObject({ status: 'succeeded', agentVersion: 1, output: GOOD })
  })
})

test('an alias leads to no version that the gate blocks, unless by force and on record', async () => {
  const { agentId, publish, tried } = await gated(GOOD, BAD, BETTER)
  const lead = (version: number, query = '') =>
    lab.call('PUT', `/v1/agents/${agentId}/aliases/prod${query}`, { body: { version } })

  expect((await lead(1)).statusCode).toBe(200)
  expect((await lead(2)).json()).toMatchObject({ status: 409, code: 'agent.gate-not-met' })
  expect((await lead(2, '?force=true')).json().code).toBe('agent.force-without-reason')
  await tried([1, 2])
  const better = await tried([1, 3])
  expect((await lead(2)).json().details).toMatchObject({ score: 0, minScore: 0.8 })
  expect((await lead(3, `?gate=${better.id}`)).json()).toMatchObject({ name: 'prod', version: 3 })

  const reason = '공지: 상담 중단'
  const forced = await lead(2, `?force=true&reason=${encodeURIComponent(reason)}`)
  expect(forced.json()).toMatchObject({ name: 'prod', version: 2 })
  const publications = await lab.call('GET', `/v1/agents/${agentId}/publications`)
  expect(publications.json().data[0]).toMatchObject({
    ...{ kind: 'alias', alias: 'prod', versionNumber: 2, forceReason: reason },
    publishedBy: 'key_test',
  })
  expect((await lab.call('GET', `/v1/agents/${agentId}`)).json().publishedVersion).toBe(1)
  // What is taken without a name goes back on its own.
  await publish(3)
  const rolledBack = await lab.call('POST', `/v1/agents/${agentId}/rollback`)
  expect(rolledBack.json()).toMatchObject({ publishedVersion: 1 })
})

describe('a gate', () => {
  test('lets a version through that has reached it', async () => {
    const { publish, tried } = await gated(GOOD, BETTER)
    const experiment = await tried([1, 2])
    const published = await publish(2, `?gate=${experiment.id}`)
    expect(published.json()).toMatchObject({ publishedVersion: 2 })
  })

  test('wants a comparison with what is published, and the questions as they are now', async () => {
    const { datasetId, evaluatorIds, publish, tried } = await gated(GOOD, BETTER)
    await tried([2])
    const reason = async (query = '') => (await publish(2, query)).json().details.reason
    expect(await reason()).toContain('does not compare it with version 1')

    const experiment = await tried([2, 1])
    const name = { body: { name: 'other', config: { kind: 'exact' } } }
    await lab.call('PUT', `/v2/evaluators/${evaluatorIds[0]}`, name)
    expect(await reason()).toContain('was changed since')
    const added = { body: [{ input: 'new' }] }
    await lab.call('POST', `/v2/datasets/${datasetId}/cases`, added)
    expect(await reason(`?gate=${experiment.id}`)).toContain('revision 2')
    expect(await reason()).toContain('as it is now')
    expect(await reason(`?gate=exp_${'0'.repeat(32)}`)).toContain('no such experiment')
  })

  test('is read, replaced by who has seen it, and taken away', async () => {
    const { agentId, datasetId, evaluatorIds, publish } = await gated(GOOD, BAD)
    const url = `/v1/agents/${agentId}/gate`
    const gate = await lab.call('GET', url)
    expect(gate.json()).toMatchObject({ datasetId, evaluatorIds, noWorseThanPublished: true })
    expect(gate.headers.etag).toBe('"1"')
    const unknown = { datasetId, evaluatorIds: [`evr_${'0'.repeat(32)}`], minScore: 1 }
    expect((await lab.call('PUT', url, { body: unknown })).json().code).toBe(
      'experiment.unknown-evaluator',
    )
    const other = `/v1/agents/agt_${'0'.repeat(32)}/gate`
    expect((await lab.call('GET', other)).json().code).toBe('agent.not-found')

    expect((await lab.call('DELETE', url)).statusCode).toBe(204)
    expect((await lab.call('GET', url)).json().code).toBe('agent-gate.not-found')
    expect((await publish(2)).json()).toMatchObject({ publishedVersion: 2 })
  })
})
