import { setTimeout as sleep } from 'node:timers/promises'
import type { Client } from './client.ts'
import { type Followed, follow } from './follower.ts'
import type { Random } from './random.ts'
import type { Shape } from './shapes/shape.ts'

/** A run as its caller knows it. */
export interface AckedRun {
  readonly runId: string
  /** Its Idempotency-Key, and `input.marker` of it. */
  readonly marker: string
  readonly shape: string
  readonly ackedAt: number
}

/** Of a shape that was published. */
export interface Published {
  readonly shape: Shape
  readonly workflowId: string
}

export interface Workload {
  readonly acked: readonly AckedRun[]
  readonly followed: readonly Followed[]
  /** What callers were told that they should not have been told. */
  readonly complaints: readonly Complaint[]
  /** Starts a run; resolves when it is acked. */
  start(of?: Published, options?: { readonly follow?: boolean }): Promise<AckedRun>
  /** Starts this many, spread over a time. Resolves when all of them are on their way. */
  burst(runs: number, withinMs: number): Promise<void>
  /** Resolves when every caller has its answer, and every follower the end of its run. */
  settle(): Promise<void>
}

export interface Complaint {
  readonly runId: string | null
  readonly what: string
}

export interface WorkloadOptions {
  readonly client: Client
  readonly random: Random
  readonly published: readonly Published[]
  /** Told each run that is acked: whoever acts on runs from outside. */
  readonly onAcked: (run: AckedRun, of: Published) => void
  readonly signal: AbortSignal
}

const FOLLOWED_SHARE = 0.2
const IMPATIENT_SHARE = 0.1

export function createWorkload(options: WorkloadOptions): Workload {
  const { client, random, published, onAcked, signal } = options
  const acked: AckedRun[] = []
  const followed: Followed[] = []
  const complaints: Complaint[] = []
  const open = new Set<Promise<unknown>>()
  const byShare = published.flatMap((one) => Array<Published>(one.shape.share).fill(one))
  let count = 0

  function track<Result>(work: Promise<Result>): Promise<Result> {
    open.add(work)
    return work.finally(() => open.delete(work))
  }

  async function ask({ workflowId, shape }: Published, marker: string): Promise<string | null> {
    const { status, body } = await client.insist({
      method: 'POST',
      path: `/v1/workflows/${workflowId}/runs`,
      body: { input: { ...shape.input, marker } },
      idempotencyKey: marker,
    })
    if (status >= 200 && status < 300) return String(body.id)
    const what = `${marker} was refused: ${status} ${JSON.stringify(body).slice(0, 300)}`
    complaints.push({ runId: null, what })
    return null
  }

  async function start(of = random.pick(byShare), { follow: always = false } = {}) {
    count += 1
    const marker = `${of.shape.name}-${count}`
    // An impatient caller asks twice at the same time; the key makes one run of it.
    const times = random.chance(IMPATIENT_SHARE) ? 2 : 1
    const ids = await Promise.all(Array.from({ length: times }, () => ask(of, marker)))
    const runId = ids[0] ?? ''
    if (ids.some((id) => id !== runId)) {
      complaints.push({ runId, what: `${marker}: one key gave the runs ${ids.join(', ')}` })
    }
    const run: AckedRun = { runId, marker, shape: of.shape.name, ackedAt: Date.now() }
    if (runId === '') return run
    acked.push(run)
    onAcked(run, of)
    if (always || random.chance(FOLLOWED_SHARE)) {
      const own = random.fork(marker)
      void track(follow({ client, runId, random: own, signal })).then((seen) => followed.push(seen))
    }
    return run
  }

  return {
    acked,
    followed,
    complaints,
    start: (of, more) => track(start(of, more)),
    async burst(runs, withinMs) {
      for (let index = 0; index < runs; index += 1) {
        void track(start())
        await sleep(withinMs / runs)
      }
    },
    async settle() {
      while (open.size > 0) await Promise.allSettled(open)
    },
  }
}
