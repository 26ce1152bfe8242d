import { getEventListeners } from 'node:events'
import { agentEventVersions, type ExecutionId } from '@dure/contracts'
import { createEventRegistry } from '@dure/kernel'
import {
  createDeltaPublisher,
  createDeltaSubscriber,
  createEventStore,
  type DeltaPublisher,
  type DeltaSubscriber,
  type EventStore,
} from '@dure/platform'
import { connectQueues, type Queues } from '@dure/platform/queues'
import { eventually, silentLog, testTenant } from '@dure/platform/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type AgentUnderTest, startAgent } from '../tasks/testing/agent.ts'
import { createFollowService, type FollowService } from './follow-service.ts'
import { agentRuns } from './testing/agent-runs.ts'

const DELTAS = 500
/** The first look, and those that are made without a hint while a busy machine hears them. */
const HANDFUL = 20

const log = silentLog()
let agent: AgentUnderTest
let runs: ReturnType<typeof agentRuns>
let queues: Queues
let publisher: DeltaPublisher
let subscriber: DeltaSubscriber
let following: FollowService
let events: EventStore
let reads = 0
beforeAll(async () => {
  // Nobody works on what is begun.
  agent = await startAgent({ ROLE: 'api' })
  runs = agentRuns(agent)
  const { REDIS_URL: redisUrl = '', QUEUE_PREFIX: prefix = '' } = agent.env
  queues = connectQueues({ redisUrl, prefix, log })
  publisher = createDeltaPublisher({ redis: queues.redis, prefix, log })
  subscriber = createDeltaSubscriber({ redis: queues.redis, prefix, log })
  const registry = createEventRegistry(agentEventVersions)
  events = createEventStore({ pool: agent.pool, source: 'agent', registry })
  const read: typeof events.read = (...of) => {
    reads += 1
    return events.read(...of)
  }
  following = createFollowService({
    store: { find: async () => undefined },
    ...{ events: { read }, deltas: subscriber },
  })
})
afterAll(async () => {
  subscriber.close()
  await queues.close()
  await agent.close()
})
beforeEach(() => {
  reads = 0
})

/** An execution that somebody watches, up to now. */
async function watched() {
  const id: ExecutionId = (await runs.start(await runs.published())).json().id
  const left = new AbortController()
  const { signal } = left
  const seen = { events: [] as string[], deltas: 0, heard: () => {} }
  const of = { tenant: testTenant(), id, afterVersion: 0, signal, isBehind: () => false }
  const watching = (async () => {
    for await (const one of following.follow(of)) {
      if ('version' in one) seen.events.push(one.event.type)
      else {
        seen.deltas += 1
        seen.heard()
      }
    }
  })()
  await eventually(() => expect(seen.events).toEqual(['execution.started']))
  return { id, left, seen, watching, listeners: () => getEventListeners(signal, 'abort').length }
}

/** One piece, in a message of its own. */
function say(runId: ExecutionId): void {
  const writer = publisher.begin({ runId, nodeId: 'agent' as never, attempt: 1 })
  writer.write('.')
  writer.close()
}

/** As a worker does, and tells nobody. */
async function end(stream: ExecutionId): Promise<void> {
  const ended = {
    ...{ type: 'execution.ended', agentId: 'agt_1', status: 'cancelled', steps: 0 },
    usage: { inputTokens: 0, outputTokens: 0, costMicroUsd: 0 },
  }
  const client = await agent.pool.connect()
  const tenant = testTenant()
  await events
    .append(client, { stream, expectedVersion: 1, events: [ended], tenant })
    .finally(() => client.release())
}

describe('an execution that is watched', () => {
  test('is not looked for with each piece of it, and nobody is left behind', async () => {
    const { id, left, seen, watching, listeners } = await watched()
    for (let n = 1; n <= DELTAS; n += 1) {
      const { promise, resolve } = Promise.withResolvers<void>()
      seen.heard = resolve
      say(id)
      await promise
      expect(listeners()).toBe(1)
    }
    expect(seen.deltas).toBe(DELTAS)
    expect(reads).toBeLessThan(HANDFUL)
    left.abort()
    await watching
    expect(listeners()).toBe(0)
  })

  test('is looked for as soon as something was recorded', async () => {
    const { id, seen, watching } = await watched()
    const before = reads
    await end(id)
    publisher.changed(id)
    await watching
    expect(seen.events).toEqual(['execution.started', 'execution.ended'])
    expect(reads - before).toBeLessThan(HANDFUL)
  })

  test('is looked for all the same when no hint comes', async () => {
    const { id, watching, seen } = await watched()
    await end(id)
    await watching
    expect(seen.events).toHaveLength(2)
  })
})
