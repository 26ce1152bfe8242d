import { once } from 'node:events'
import { loadConfig, type Service } from '@dure/platform'
import { eventually } from '@dure/platform/testing'
import { held, type ModelCall, type Reply, text, truncated } from '@dure/scripted-model'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { createApp } from '../app.ts'
import { paidProvider } from '../budgets/testing/paid-provider.ts'
import { Config } from '../config.ts'
import { agentRuns } from '../executions/testing/agent-runs.ts'
import { obedient } from '../experiments/testing/lab.ts'
import { helpful, isProposal, optimizingOf } from '../optimizers/testing/optimizing.ts'
import { type AgentUnderTest, startAgent } from '../tasks/testing/agent.ts'
import { startDyingWorker } from '../tasks/testing/dying-worker.ts'
import { newTask } from '../tasks/testing/task.ts'

/** Processes are started here, and experiments made. */
const TEST_MS = 240_000
const PATIENCE = { timeoutMs: 60_000 }

let agent: AgentUnderTest
let lab: ReturnType<typeof optimizingOf>
let runs: ReturnType<typeof agentRuns>
let worker: Service | undefined
beforeAll(async () => {
  agent = await startAgent(
    {
      ROLE: 'api',
      MODEL_DEFAULT: 'openai/scripted',
      MODEL_EMBEDDING: 'openai/text-embedding-3-small',
      MODEL_MODERATION: 'paid/guard',
    },
    paidProvider,
  )
  lab = optimizingOf(agent)
  runs = agentRuns(agent)
  const body = { scope: 'project', limitMicroUsd: 1_000_000_000 }
  expect((await runs.call('POST', '/v2/budgets', { body })).statusCode).toBe(201)
})
afterAll(async () => {
  await worker?.close()
  await agent.close()
})

async function startWorker(): Promise<Service> {
  const started = await createApp(loadConfig(Config, { ...agent.env, ROLE: 'worker' }))
  await started.ready()
  worker = started
  return started
}

/** What all reservations of the project were settled with; and what events tell of it. */
async function books() {
  const { rows } = await agent.pool.query(`
    SELECT (SELECT sum(spent) FROM ledger_account)::float8 AS spent,
      (SELECT sum(reserved) FROM ledger_account)::float8 AS reserved,
      (SELECT sum((data -> 'usage' ->> 'costMicroUsd')::bigint
          - coalesce((data ->> 'correctsMicroUsd')::bigint, 0))
        FROM events WHERE type = 'call.paid')::float8 AS told,
      (SELECT array_agg(DISTINCT data ->> 'kind' ORDER BY data ->> 'kind')
        FROM events WHERE type = 'call.paid') AS kinds`)
  return rows[0]
}

const isSummary = (call: ModelCall) => JSON.stringify(call.messages).includes('keptBefore')
const says = (reply: (call: ModelCall) => Reply) =>
  agent.model.rewrite((call) => (isSummary(call) ? text('in short') : reply(call)))

test('what events tell of calls is what the ledger has spent, whatever the calls were for', {
  timeout: TEST_MS,
}, async () => {
  const guardrails = [{ check: 'moderation', action: 'flag', on: 'both' }]
  const memory = { thread: { maxMessages: 4, summary: { keepMessages: 2 } } }
  const id = await runs.published({ model: 'openai/demo', guardrails, memory })

  // Answered and settled, and then its process dies: it is asked again.
  says(() => text('Hi'))
  const repeated = (await runs.start(id)).json().id
  await once(startDyingWorker(agent, { dieAt: 'settle_call' }), 'exit')
  // Asked, and its process dies before there is an answer: nobody will ever settle that.
  const slow = held(text('late'))
  let isAsked = false
  says(() => {
    isAsked = true
    return slow
  })
  await agent.pool.query('UPDATE agent_execution SET lease_until = now(), wake_at = now()')
  const dying = startDyingWorker(agent, { dieAt: '^never$' })
  onTestFinished(() => slow.release())
  await eventually(() => expect(isAsked).toBe(true), PATIENCE)
  const isDead = once(dying, 'exit')
  dying.kill('SIGKILL')
  await isDead
  slow.release()
  await agent.pool.query('UPDATE agent_execution SET lease_until = now(), wake_at = now()')
  await agent.pool.query(`UPDATE reservation SET deadline = now() WHERE state = 'reserved'`)
  says(() => text('Hi'))
  await startWorker()
  expect(await runs.until(repeated, 'succeeded')).toMatchObject({ output: 'Hi' })

  // A node, one that breaks off, and a check.
  agent.model.rewrite([truncated(), text('whole')])
  const node = newTask()
  await agent.generate(node)
  expect(await agent.outcomeOf(node, PATIENCE)).toMatchObject({ status: 'succeeded' })
  const checked = newTask()
  const rules = [{ check: 'moderation' as const, action: 'block' as const }]
  await agent.checkText(checked, { text: 'Good day', rules })
  expect(await agent.outcomeOf(checked, PATIENCE)).toMatchObject({ status: 'succeeded' })

  // A thread that is summarised.
  says(() => text('Hi'))
  const thread = (await runs.call('POST', '/v2/threads', { body: {} })).json()
  for (const input of ['one', 'two', 'three']) {
    const run = (await runs.start(id, { input, threadId: thread.id })).json()
    await runs.until(run.id, 'succeeded')
  }

  // Vectors for a client, a draft, a judge and a comparison, and a search for better instructions.
  const vectors = await runs.call('POST', '/openai/v1/embeddings', { body: { input: '환불' } })
  expect(vectors.statusCode, vectors.body).toBe(200)
  says(() => text('no draft'))
  await runs.call('POST', '/v1/ai/workflows:generate', { body: { description: '매일 요약' } })
  agent.model.rewrite(obedient)
  const evaluatorIds = [
    await lab.evaluator({ kind: 'llm-judge', rubric: 'polite?' }),
    await lab.evaluator({ kind: 'similarity', passAt: 0.5 }),
  ]
  const datasetId = await lab.dataset([{ input: '환불?', expectedOutput: '7일' }])
  const experiment = await lab.begin({
    ...{ name: 'mix', agentId: await lab.agent('7일'), versions: [1], datasetId, evaluatorIds },
  })
  expect(experiment.statusCode, experiment.body).toBeLessThan(300)
  await lab.end(experiment.json().id)
  const improve = helpful('HELPS')
  agent.model.rewrite((call) => (isProposal(call) ? improve(call) : obedient(call)))
  const begun = await lab.optimize({ ...(await lab.prepared()), maxCandidates: 1 })
  expect(begun.statusCode, begun.body).toBe(202)
  await lab.ended(begun.json().id)

  await eventually(async () => {
    const { spent, reserved, told, kinds } = await books()
    expect(kinds).toEqual(['direct', 'helper', 'judge', 'node', 'optimizer', 'step', 'summary'])
    expect(reserved).toBe(0)
    expect(told).toBe(spent)
  }, PATIENCE)
  expect((await agent.pool.query('SELECT * FROM ledger_faults()')).rows).toEqual([])
  const { rows } = await agent.pool.query(`SELECT kind FROM ledger_entry WHERE kind = 'expire'`)
  expect(rows).toHaveLength(1)
  // All the rest was asked for by a key, whose budget would have been bound.
  const ofNobody = 'SELECT DISTINCT kind FROM reservation WHERE key_id IS NULL'
  expect((await agent.pool.query(ofNobody)).rows).toEqual([{ kind: 'node' }])
})
