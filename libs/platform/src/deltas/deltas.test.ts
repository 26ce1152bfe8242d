import { randomUUID } from 'node:crypto'
import { Redis } from 'ioredis'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { eventually, silentLog, testQueues } from '../testing/index.ts'
import { channelOf, type Delta, type DeltaSource, parseDelta } from './delta.ts'
import { createDeltaPublisher, type DeltaPublisher } from './publisher.ts'
import { createDeltaSubscriber, type DeltaSubscriber } from './subscriber.ts'

const log = silentLog()
let redis: Redis
let prefix: string
let publisher: DeltaPublisher
let subscriber: DeltaSubscriber
beforeEach(async () => {
  const queues = testQueues()
  prefix = queues.prefix
  redis = new Redis(queues.redisUrl, { maxRetriesPerRequest: 1, connectionName: prefix })
  await redis.ping()
  publisher = createDeltaPublisher({ redis, prefix, log })
  subscriber = createDeltaSubscriber({ redis, prefix, log })
})
afterEach(() => {
  subscriber.close()
  redis.disconnect()
})

const newSource = (): DeltaSource => ({
  runId: `run_${randomUUID().replaceAll('-', '')}` as Delta['runId'],
  nodeId: 'ask' as Delta['nodeId'],
  path: 'each[3]/ask',
  attempt: 2,
})

const listenersOf = async ({ runId }: DeltaSource) =>
  Number((await redis.pubsub('NUMSUB', channelOf(prefix, runId)))[1])

/** Of the subscriber of this test: others share the server. */
async function loseConnection(): Promise<void> {
  const clients = String(await redis.client('LIST', 'TYPE', 'PUBSUB')).split('\n')
  const own = clients.filter((client) => client.includes(`name=${prefix} `))
  expect(own).toHaveLength(1)
  await redis.client('KILL', 'ID', Number(/^id=(\d+)/.exec(own[0] ?? '')?.[1]))
}

/** Listens, once Redis knows of it. */
async function heard(source: DeltaSource) {
  const deltas: Delta[] = []
  const stop = subscriber.listen(source.runId, (delta) => deltas.push(delta))
  await subscriber.hears(source.runId)
  return { deltas, stop }
}

/** What is published on the channels of this test, in order. */
async function publishedFrom(monitored: Redis) {
  const messages: string[] = []
  const monitor = await monitored.monitor()
  monitor.on('monitor', (_time: string, [command, channel, message]: string[]) => {
    const isOurs = command?.toLowerCase() === 'publish' && channel?.startsWith(prefix)
    if (isOurs && message !== undefined) messages.push(message)
  })
  return { messages, stop: () => monitor.disconnect() }
}

const textOf = (deltas: readonly Delta[]) => deltas.map(({ text }) => text).join('')

describe('deltas', () => {
  test('say where they come from, are numbered, and add up to what was written', async () => {
    const source = newSource()
    const { deltas } = await heard(source)
    const words = Array.from({ length: 400 }, (_, n) => `단어${n} `)

    const writer = publisher.begin(source)
    for (const word of words) writer.write(word)
    writer.close()

    await eventually(() => expect(textOf(deltas)).toBe(words.join('')))
    expect(deltas[0]).toEqual({ ...source, index: 0, text: expect.any(String) })
    expect(deltas.map(({ index }) => index)).toEqual(deltas.map((_, index) => index))
    // Gathered: the first word, then what came while it was under way, in pieces that fit.
    expect(deltas.length).toBeLessThan(6)
  })

  test('are at most 16 KiB each, and never half of a character', async () => {
    const source = newSource()
    const { deltas } = await heard(source)
    const text = `a${'😀'.repeat(2000)}${'\u0001'.repeat(5000)}`

    const writer = publisher.begin(source)
    writer.write(text)
    writer.close()

    await eventually(() => expect(textOf(deltas)).toBe(text))
    for (const delta of deltas) {
      expect(Buffer.byteLength(JSON.stringify(delta))).toBeLessThan(16_384)
      expect(delta.text.isWellFormed()).toBe(true)
    }
  })

  test('come before the text is at its end', async () => {
    const source = newSource()
    const { deltas } = await heard(source)

    const writer = publisher.begin(source)
    writer.write('one ')
    await eventually(() => expect(textOf(deltas)).toBe('one '))
    writer.write('two')
    await eventually(() => expect(textOf(deltas)).toBe('one two'))
    writer.close()
  })

  test('that are too much for Redis are lost, and the numbers say so', async () => {
    const source = newSource()
    const { deltas } = await heard(source)

    const writer = publisher.begin(source)
    writer.write('first')
    // While the first is under way, more comes than is kept.
    for (let count = 0; count < 20; count += 1) writer.write('x'.repeat(2500))
    writer.write('last')
    writer.close()

    await eventually(() => expect(textOf(deltas)).toMatch(/^first.*last$/s))
    expect(textOf(deltas).length).toBeLessThan(15_000)
    expect(deltas.at(-1)?.index).toBeGreaterThan(deltas.length)
  })
})

describe('without a listener', () => {
  test('four messages a second finds that out, and the rest is not sent', async () => {
    const { messages, stop } = await publishedFrom(redis.duplicate())
    const source = newSource()
    const writer = publisher.begin(source)

    writer.write('nobody ')
    await eventually(() => expect(messages).toHaveLength(1))
    // The answer, that nobody heard it, has come when a later command is answered.
    await redis.ping()
    for (let count = 0; count < 1000; count += 1) writer.write('hears this ')
    writer.close()
    await redis.ping()

    // The monitor sees commands in order: what is published after them shows that it is up to date.
    await redis.publish(`${prefix}:end`, 'end')
    await eventually(() => expect(messages).toContain('end'))
    stop()
    expect(messages).toHaveLength(2)
  })

  test('that comes soon hears it from its beginning, though no more is said', async () => {
    const source = newSource()
    const writer = publisher.begin(source)
    writer.write('all of')
    await redis.ping()
    writer.write(' it')
    const { deltas } = await heard(source)

    await eventually(() => expect(textOf(deltas)).toBe('all of it'))
    expect(deltas[0]?.index).toBe(0)
    writer.close()
  })

  test('that comes after more than is kept hears what is said from then on', async () => {
    const source = newSource()
    const writer = publisher.begin(source)
    writer.write('lost')
    for (let count = 0; count < 5; count += 1) writer.write('x'.repeat(2500))
    const { deltas } = await heard(source)

    writer.write('more')
    await eventually(() => expect(textOf(deltas)).toMatch(/more$/))
    writer.close()
    expect(textOf(deltas)).not.toContain('lost')
    expect(deltas[0]?.index).toBeGreaterThan(0)
  })
})

test('whoever listens is told that something was recorded, in between what is said', async () => {
  const source = newSource()
  const told: string[] = []
  subscriber.listen(
    source.runId,
    ({ text }) => told.push(text),
    () => told.push('(recorded)'),
  )
  // Not everybody wants to know.
  const { deltas } = await heard(source)
  const writer = publisher.begin(source)
  writer.write('said')
  await eventually(() => expect(told).toEqual(['said']))
  publisher.changed(source.runId)
  publisher.changed(newSource().runId)
  await eventually(() => expect(told).toEqual(['said', '(recorded)']))
  expect(textOf(deltas)).toBe('said')
  writer.close()
})

describe('a subscriber', () => {
  test('says when it hears what is said, also the first time, and does not wait for ever', async () => {
    const source = newSource()
    subscriber.listen(source.runId, () => {})
    await subscriber.hears(source.runId)
    expect(await listenersOf(source)).toBe(1)

    subscriber.listen(source.runId, () => {})
    await subscriber.hears(source.runId)
    await subscriber.hears(newSource().runId)
  })

  test('has one subscription for a run, until its last listener has left', async () => {
    const source = newSource()
    const first = await heard(source)
    const second = await heard(source)
    const other = await heard(newSource())

    first.stop()
    first.stop()
    const writer = publisher.begin(source)
    writer.write('hello')
    await eventually(() => expect(textOf(second.deltas)).toBe('hello'))
    expect([first.deltas, other.deltas]).toEqual([[], []])

    second.stop()
    await eventually(async () => expect(await listenersOf(source)).toBe(0))
    writer.close()
  })

  test('listens again after its connection was lost', async () => {
    const source = newSource()
    const { deltas } = await heard(source)

    await loseConnection()
    const writer = publisher.begin(source)
    await eventually(() => {
      writer.write('x')
      expect(deltas.length).toBeGreaterThan(0)
    })
    writer.close()
  })

  test('takes nothing that is no delta', async () => {
    const source = newSource()
    const { deltas } = await heard(source)
    const channel = channelOf(prefix, source.runId)

    for (const message of ['', '{', '{}', JSON.stringify({ ...source, index: -1, text: 'x' })]) {
      expect(parseDelta(message)).toBeUndefined()
      await redis.publish(channel, message)
    }
    await redis.publish(channel, JSON.stringify({ ...source, index: 0, text: 'x' }))

    await eventually(() => expect(deltas).toEqual([{ ...source, index: 0, text: 'x' }]))
  })
})

test('without Redis nothing is heard, and nobody waits long or fails', async () => {
  const gone = new Redis({ port: 1, lazyConnect: true, maxRetriesPerRequest: 1 })
  gone.on('error', () => {})
  const source = newSource()

  const lonely = createDeltaSubscriber({ redis: gone, prefix, log })
  const stop = lonely.listen(source.runId, () => {})
  await lonely.hears(source.runId)
  const writer = createDeltaPublisher({ redis: gone, prefix, log }).begin(source)
  writer.write('text')
  writer.close()
  stop()
  lonely.close()

  expect(gone.status).toBe('wait')
})
