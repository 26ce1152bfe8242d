import type { TaskRef } from '@dure/contracts'
import { createDeltaPublisher, type DeltaWriter } from '@dure/platform'
import { eventually, silentLog } from '@dure/platform/testing'
import { expect } from 'vitest'
import type { Harness } from '../../testing/harness.ts'

/** Writes as the agent does, once somebody listens to the run. */
export async function writerOf(
  { queues }: Harness,
  task: TaskRef,
  more: { readonly offset?: number } = {},
): Promise<DeltaWriter> {
  const [channel = ''] = await eventually(async () => {
    const channels = (await queues.redis.pubsub('CHANNELS', `*:deltas:${task.runId}`)) as string[]
    expect(channels).toHaveLength(1)
    return channels
  })
  const prefix = channel.slice(0, channel.indexOf(':deltas:'))
  const publisher = createDeltaPublisher({ redis: queues.redis, prefix, log: silentLog() })
  return publisher.begin({ runId: task.runId, nodeId: task.nodeId, attempt: task.attempt, ...more })
}
