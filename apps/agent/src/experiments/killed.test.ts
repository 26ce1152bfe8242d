import { once } from 'node:events'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type AgentUnderTest, startAgent } from '../tasks/testing/agent.ts'
import { startDyingWorker } from '../tasks/testing/dying-worker.ts'
import { CASES, labOf, obedient } from './testing/lab.ts'

/** A process for each of them: a busy machine takes seconds for each. */
const TEST_MS = 600_000
const TAKE_UP = 'UPDATE agent_execution SET token'

/** What is written in the life of an experiment, in this order. */
const WRITES: readonly (readonly [what: string, dieAt: string, holdAt?: string])[] = [
  ['a run is taken', 'WITH room AS'],
  // Nobody takes the execution up yet: a question that is under way at a death has to be asked again.
  ['its execution is begun', 'INSERT INTO agent_execution ', TAKE_UP],
  ['that is noted', 'SET is_started = true', TAKE_UP],
  ['what became of it is noted', 'UPDATE experiment_run SET outcome'],
  ['it is taken to be scored', 'SET tries = tries \\+ 1,\\s+lease_until = now\\(\\) \\+ \\$2'],
  ['what a judge said is kept', 'UPDATE experiment_run SET scores = \\$3'],
  ['it is scored', "SET status = 'scored'"],
  ['all is summed up', 'UPDATE experiment SET status = \\$2'],
]

let agent: AgentUnderTest
let lab: ReturnType<typeof labOf>
beforeAll(async () => {
  agent = await startAgent({ ROLE: 'api' })
  lab = labOf(agent)
  agent.model.rewrite(obedient)
})
afterAll(() => agent.close())

test('an experiment whose process is killed after each of its writes asks every case and judge once', {
  timeout: TEST_MS,
}, async () => {
  const wanted = {
    agentId: await lab.agent('7일'),
    datasetId: await lab.dataset(CASES.slice(0, 2)),
    evaluatorIds: [
      await lab.evaluator({ kind: 'llm-judge', rubric: 'Is it polite?' }),
      await lab.evaluator({ kind: 'contains' }),
    ],
  }
  const { id } = (await lab.begin({ ...wanted, versions: [1], concurrency: 1 })).json()

  for (const [what, dieAt, holdAt] of WRITES) {
    const [, signal] = await once(startDyingWorker(agent, { dieAt, holdAt }), 'exit')
    expect(signal, what).toBe('SIGKILL')
    // Whoever died holds what it had taken for some time yet.
    await agent.pool.query(
      `UPDATE experiment_run SET lease_until = now() - interval '1 second' WHERE lease_until > now()`,
    )
  }

  const experiment = await lab.end(id)
  expect(experiment).toMatchObject({ status: 'done', progress: { done: 2, total: 2 } })
  const judged = agent.model.calls.filter((call) => JSON.stringify(call).includes('You judge'))
  expect([judged.length, agent.model.calls.length - judged.length]).toEqual([2, 2])
  expect(experiment.summary.versions[0]).toMatchObject({ runs: 2, failed: 0, score: 0.95 })
  const spent = await agent.pool.query(
    `SELECT sum((outcome ->> 'costMicroUsd')::int)::float8 AS runs FROM experiment_run`,
  )
  const judges = experiment.costMicroUsd - spent.rows[0].runs
  // Each judge was booked once: both said the same.
  expect(judges).toBeGreaterThan(0)
  expect(judges % 2).toBe(0)
})
