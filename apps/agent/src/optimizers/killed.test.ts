import { once } from 'node:events'
import { loadConfig } from '@dure/platform'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createApp } from '../app.ts'
import { Config } from '../config.ts'
import { type AgentUnderTest, startAgent } from '../tasks/testing/agent.ts'
import { startDyingWorker } from '../tasks/testing/dying-worker.ts'
import { helpful, isProposal, optimizingOf, questionOf, systemOf } from './testing/optimizing.ts'

/** A process for each of them: a busy machine takes seconds for each. */
const TEST_MS = 600_000

/** What is written in the life of an optimization, in this order. Nothing else is under way when it is. */
const WRITES: readonly (readonly [what: string, dieAt: string])[] = [
  ['a step is taken up', 'UPDATE prompt_optimization o SET tries'],
  ['it has learned, and proposes', 'UPDATE prompt_optimization SET phase = \\$4'],
  ['a proposal is kept', 'INSERT INTO prompt_candidate'],
  ['another one is kept', 'INSERT INTO prompt_candidate'],
  ['a version is made', 'INSERT INTO agent_version'],
  ['that is noted', 'UPDATE prompt_candidate SET version'],
  ['choosing begins', 'INSERT INTO experiment \\('],
  ['a candidate is scored', 'UPDATE prompt_candidate SET validation'],
  ['confirming begins', 'INSERT INTO experiment \\('],
  ['it ends', 'UPDATE prompt_optimization SET status = \\$4'],
]

let agent: AgentUnderTest
let lab: ReturnType<typeof optimizingOf>
beforeAll(async () => {
  agent = await startAgent({ ROLE: 'api', MODEL_DEFAULT: 'scripted' })
  lab = optimizingOf(agent)
})
afterAll(() => agent.close())

test('an optimization whose process is killed after each of its writes asks every case and proposal once', {
  timeout: TEST_MS,
}, async () => {
  agent.model.rewrite(helpful('HELPS'))
  const wanted = { ...(await lab.prepared()), methods: ['rewrite'], maxCandidates: 2 }
  const { id } = (await lab.optimize(wanted)).json()

  for (const [what, dieAt] of WRITES) {
    const [, signal] = await once(startDyingWorker(agent, { dieAt }), 'exit')
    expect(signal, what).toBe('SIGKILL')
    // Whoever died holds what it had taken for some time yet.
    await agent.pool.query(
      `UPDATE prompt_optimization SET lease_until = now() - interval '1 second' WHERE lease_until > now()`,
    )
  }
  const next = await createApp(loadConfig(Config, { ...agent.env, ROLE: 'worker' }))
  await next.ready()
  const optimization = await lab.ended(id)
  await next.close()

  expect(optimization).toMatchObject({
    ...{ status: 'done', conclusion: { verdict: 'better' } },
    candidates: [
      { number: 1, version: 2 },
      { number: 2, version: 3 },
    ],
  })
  expect(agent.model.calls.filter(isProposal)).toHaveLength(2)
  const asked = agent.model.calls
    .filter((call) => !isProposal(call))
    .map((call) => `${systemOf(call)} ${questionOf(call)}`)
  expect(new Set(asked).size).toBe(asked.length)
  // Measuring, one round with both candidates, and confirming.
  expect(asked).toHaveLength(12 + 3 * 12 + 2 * 16)
  const { rows } = await agent.pool.query(
    'SELECT optimization_round AS round, status FROM experiment ORDER BY 1',
  )
  expect(rows).toEqual([0, 1, 1000].map((round) => ({ round, status: 'done' })))
})
