import { setTimeout as sleep } from 'node:timers/promises'
import { keyOf } from './checks/effects.ts'
import type { Review } from './checks/store.ts'
import type { Client } from './client.ts'
import type { Commander } from './commander.ts'
import type { Random } from './random.ts'
import type { AckedRun, Published } from './workload.ts'
import type { World } from './world.ts'

/** Those who act on runs from outside: they pause, cancel, approve, send signals, look into writes. */
export interface Actors {
  onAcked(run: AckedRun, of: Published): void
  /** Resolves when nobody has anything to do any more. */
  settle(): Promise<void>
  /**
   * Looks at the world and says what became of writes with an unknown outcome. Not while a process
   * stands still that may yet send one.
   *
   * @returns how many
   */
  review(reviews: readonly Review[]): Promise<number>
}

export interface ActorsOptions {
  readonly client: Client
  readonly commander: Commander
  readonly world: World
  readonly random: Random
  readonly signal: AbortSignal
}

const CANCELLED_SHARE = 0.05
const PAUSED_SHARE = 0.08
const MAX_RETRIES = 10

export function createActors(options: ActorsOptions): Actors {
  const open = new Set<Promise<void>>()
  return {
    onAcked(run, of) {
      // Only the end of the harness ends these early.
      const acting = act(run, of, options).catch(() => {})
      open.add(acting)
      void acting.then(() => open.delete(acting))
    },
    async settle() {
      while (open.size > 0) await Promise.all(open)
    },
    async review(reviews) {
      await Promise.all(reviews.map((review) => resolve(review, options)))
      return reviews.length
    },
  }
}

async function act(run: AckedRun, { shape }: Published, options: ActorsOptions): Promise<void> {
  if (shape.share === 0) return
  const chance = options.random.next()
  if (chance < CANCELLED_SHARE) await cancel(run, options)
  else if (chance < CANCELLED_SHARE + PAUSED_SHARE) await pauseForAWhile(run, options)
  if (shape.waitsFor === 'signal') await send(run, options)
  if (shape.waitsFor === 'approval') await approve(run, options)
  if (shape.waitsFor === 'retry') await retryUntilItWorks(run, options)
}

function wait({ random, signal }: ActorsOptions, min: number, max: number): Promise<void> {
  return sleep(random.integer(min, max), undefined, { signal, ref: false })
}

async function cancel({ runId }: AckedRun, options: ActorsOptions): Promise<void> {
  await wait(options, 50, 2500)
  const path = `/v1/runs/${runId}/cancel`
  await options.commander.ask({ runId, what: 'cancel', path, body: { reason: 'chaos' } })
}

async function pauseForAWhile({ runId }: AckedRun, options: ActorsOptions): Promise<void> {
  await wait(options, 50, 1500)
  await options.commander.ask({ runId, what: 'pause', path: `/v1/runs/${runId}/pause` })
  await wait(options, 300, 2000)
  await options.commander.ask({ runId, what: 'resume', path: `/v1/runs/${runId}/resume` })
}

async function send({ runId, marker }: AckedRun, options: ActorsOptions): Promise<void> {
  await wait(options, 0, 1500)
  const path = `/v2/runs/${runId}/signals/go`
  await options.commander.ask({ runId, what: 'signal', path, body: { payload: { marker } } })
}

async function approve({ runId }: AckedRun, options: ActorsOptions): Promise<void> {
  const { client, commander } = options
  const approval = `/v1/approvals/apr_${keyOf(runId, 'ask').slice(0, 32)}`
  for (;;) {
    await wait(options, 100, 500)
    const { status, body } = await client.insist({ method: 'GET', path: approval })
    if (status === 200) {
      const path = `${approval}/decisions`
      const decide = () =>
        commander.ask({
          runId,
          what: 'approve',
          path,
          body: { decision: 'approve', hash: body.hash },
        })
      // A double click decides once.
      await Promise.all([decide(), decide()])
      return
    }
    if ((await statusOf(runId, client)) !== 'running') return
  }
}

/** As somebody does who has mended what made it fail. */
async function retryUntilItWorks({ runId }: AckedRun, options: ActorsOptions): Promise<void> {
  for (let times = 1; times <= MAX_RETRIES; ) {
    await wait(options, 200, 1000)
    const status = await statusOf(runId, options.client)
    if (status === 'completed' || status === 'cancelled') return
    if (status !== 'failed') continue
    const path = `/v1/runs/${runId}/retry`
    await options.commander.ask({ runId, what: 'retry', path, key: String(times) })
    times += 1
  }
}

async function statusOf(runId: string, client: Client): Promise<string> {
  const { body } = await client.insist({ method: 'GET', path: `/v1/runs/${runId}` })
  return String(body.status)
}

async function resolve(
  { runId, path }: Review,
  { world, commander }: ActorsOptions,
): Promise<void> {
  const key = keyOf(runId, path)
  const happened = world.effects.some((effect) => effect.key === key && effect.accepted)
  const body = happened
    ? { resolution: 'succeeded', output: { status: 200, headers: {}, body: {} } }
    : { resolution: 'retry' }
  const effect = `/v2/runs/${runId}/effects/eff_${key.slice(0, 32)}:resolve`
  await commander.ask({ runId, what: 'review', path: effect, body, key: `${path} ${Date.now()}` })
}
