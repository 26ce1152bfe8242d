import { setTimeout as sleep } from 'node:timers/promises'
import type { Client } from './client.ts'
import type { Random } from './random.ts'

/** What a client saw of a run by server-sent events, over all of its connections. */
export interface Followed {
  readonly runId: string
  /** The ids in the order of their arrival. */
  readonly ids: readonly number[]
  readonly types: readonly string[]
  readonly connections: number
}

export interface FollowOptions {
  readonly client: Client
  readonly runId: string
  readonly random: Random
  readonly signal: AbortSignal
}

const PAUSE_MS = 200
const ENDS = new Set(['run.completed', 'run.failed', 'run.cancelled', 'run.timed_out'])

/** Follows a run to its end, from each lost connection on with the last id that it saw. */
export async function follow({ client, runId, random, signal }: FollowOptions): Promise<Followed> {
  const ids: number[] = []
  const types: string[] = []
  let connections = 0
  const onEvent = ({ id, type }: ServerEvent) => {
    if (id === null) return
    ids.push(id)
    types.push(type)
  }
  while (!signal.aborted && !ENDS.has(types.at(-1) ?? '')) {
    connections += 1
    // Some clients leave by themselves, too.
    const bored = random.chance(0.3) ? AbortSignal.timeout(random.integer(50, 1500)) : signal
    try {
      const lastEventId = String(ids.at(-1) ?? 0)
      const both = AbortSignal.any([signal, bored])
      const response = await client.stream(runId, lastEventId, both)
      if (response.status === 200 && response.body) await readEvents(response.body, onEvent)
      else await response.body?.cancel()
    } catch {
      // It was cut off, by us or by a fault: that is what this is about.
    }
    await sleep(PAUSE_MS)
  }
  return { runId, ids, types, connections }
}

interface ServerEvent {
  readonly id: number | null
  readonly type: string
}

/** https://html.spec.whatwg.org/multipage/server-sent-events.html, as far as ids and types go. */
async function readEvents(
  body: ReadableStream<Uint8Array>,
  onEvent: (event: ServerEvent) => void,
): Promise<void> {
  const decoder = new TextDecoder()
  let text = ''
  for await (const chunk of body) {
    text += decoder.decode(chunk, { stream: true })
    const blocks = text.split('\n\n')
    // The last one is not whole yet.
    text = blocks.pop() ?? ''
    for (const block of blocks) {
      const type = /^event: ?(.*)$/m.exec(block)?.[1]
      const id = /^id: ?(.*)$/m.exec(block)?.[1]
      if (type !== undefined) onEvent({ id: id === undefined ? null : Number(id), type })
    }
  }
}
