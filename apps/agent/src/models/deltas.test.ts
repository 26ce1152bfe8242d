import {
  createDeltaPublisher,
  createDeltaSubscriber,
  type Delta,
  type DeltaSubscriber,
} from '@dure/platform'
import { connectQueues, type Queues } from '@dure/platform/queues'
import { eventually, silentLog, testQueues } from '@dure/platform/testing'
import {
  halting,
  type Reply,
  type ScriptedModel,
  stalled,
  startScriptedModel,
  text,
  truncated,
} from '@dure/scripted-model'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Done } from '../tasks/task.ts'
import { newTask } from '../tasks/testing/task.ts'
import { createTextGenerator, type TextGeneratorOptions } from './service.ts'
import { callerOf, modelsAt } from './testing/caller.ts'

const log = silentLog()
const { redisUrl, prefix } = testQueues()
let model: ScriptedModel
let queues: Queues
let subscriber: DeltaSubscriber
beforeAll(async () => {
  model = await startScriptedModel()
  queues = connectQueues({ redisUrl, prefix, log })
  subscriber = createDeltaSubscriber({ redis: queues.redis, prefix, log })
})
afterAll(async () => {
  subscriber.close()
  await Promise.all([queues.close(), model.close()])
})

/** Of the run of the current test. */
let heard: Delta[]
let stopListening = () => {}
afterEach(() => stopListening())

const textOf = (deltas: readonly Delta[]) => deltas.map((delta) => delta.text).join('')

/** Executes a task while somebody listens to its run. */
async function execute(
  script: Reply[],
  { idleMs, ...options }: Partial<TextGeneratorOptions> & { idleMs?: number } = {},
) {
  model.rewrite(script)
  const run = newTask()
  const task = { ...run, taskKey: `${run.runId}/each[3]/ask`, attempt: 2 }
  const stop = new AbortController()
  const own: Delta[] = []
  heard = own
  stopListening = subscriber.listen(task.runId, (delta) => own.push(delta))
  const channel = `${prefix}:deltas:${task.runId}`
  await eventually(async () =>
    expect(await queues.redis.pubsub('NUMSUB', channel)).toEqual([channel, 1]),
  )
  const models = modelsAt(model.baseUrl)
  const generator = createTextGenerator({
    caller: callerOf(models, { ...(idleMs !== undefined && { idleMs }) }),
    models,
    timeoutMs: 20_000,
    deltas: createDeltaPublisher({ redis: queues.redis, prefix, log }),
    ...options,
  })
  const done = generator.execute({ task, input: { prompt: 'Hello' }, signal: stop.signal, log })
  // Whoever does not wait for it at once still hears of its failure.
  done.catch(() => {})
  return { done, stop, task }
}

const textIn = ({ output }: Done) => (output as { text: string }).text

describe('the deltas of an llm task', () => {
  test('come before the answer is whole, in order, and add up to its text', async () => {
    const content = Array.from({ length: 1500 }, (_, n) => `낱말${n}`).join(' ')
    const reply = halting(content)
    const { done, task } = await execute([reply])

    await eventually(() => expect(textOf(heard).length).toBeGreaterThan(content.length / 3))
    expect(content.startsWith(textOf(heard))).toBe(true)
    reply.release()

    expect(textIn(await done)).toBe(content)
    await eventually(() => expect(textOf(heard)).toBe(content))
    const { runId, nodeId } = task
    expect(heard[0]).toMatchObject({ runId, nodeId, path: 'each[3]/ask', attempt: 2, index: 0 })
    expect(heard.map(({ index }) => index)).toEqual(heard.map((_, index) => index))
  })

  test('begin anew when an answer broke off', async () => {
    const { done } = await execute([truncated(), text('whole')])

    expect(textIn(await done)).toBe('whole')
    await eventually(() => expect(heard.at(-1)).toMatchObject({ index: 0, text: 'whole' }))
    expect(heard.length).toBeGreaterThan(1)
    expect(textOf(heard.slice(0, -1))).toBe('The answer is')
  })

  test('stop with a task that is cancelled, whose connection is closed', async () => {
    const reply = halting('one two three four')
    const { done, stop } = await execute([reply])
    await eventually(() => expect(textOf(heard)).toContain('one'))

    const why = new Error('cancelled')
    stop.abort(why)

    await expect(done).rejects.toBe(why)
    reply.release()
    expect(textOf(heard)).not.toContain('four')
  })

  test('are not what a task waits for', async () => {
    const gone = connectQueues({ redisUrl: 'redis://127.0.0.1:1', prefix, log })
    const deltas = createDeltaPublisher({ redis: gone.redis, prefix, log })
    const { done } = await execute([text('fine without')], { deltas })

    expect(textIn(await done)).toBe('fine without')
    expect(heard).toEqual([])
    await gone.close()
  })
})

test('a model that falls silent in the middle of its answer is given up', async () => {
  const { done } = await execute([stalled()], { idleMs: 50 })

  await expect(done).rejects.toMatchObject({
    code: 'model.timeout',
    kind: 'timeout',
    message: expect.stringContaining('50 ms'),
  })
})

test('a model may be silent for longer before it begins', async () => {
  // The role comes at once, the first word much later than the model may be silent afterwards.
  const reply = halting('late', 0)
  const { done } = await execute([reply], { idleMs: 20 })
  await eventually(() => expect(model.calls).toHaveLength(1))
  // One that has begun, and is given up after as long.
  const { done: givenUp } = await execute([stalled()], { idleMs: 20 })
  await expect(givenUp).rejects.toMatchObject({ code: 'model.timeout' })
  reply.release()

  expect(textIn(await done)).toBe('late')
})
