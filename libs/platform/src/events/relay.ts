import { analyticsQueue, type EventSource, type OutgoingMessage, outgoing } from '@dure/contracts'
import { InvalidInputError } from '@dure/kernel'
import type pg from 'pg'
import type { Logger } from 'pino'
import { type Queryable, withTransaction } from '../postgres/transaction.ts'
import type { TraceHeaders } from '../trace.ts'
import { type EventMessages, eventMessages } from './event-messages.ts'
import { createPoller, type Poller } from './poller.ts'
import { type SealedEvent, type SealedSequence, sealedEvents } from './sealer.ts'

export interface RelayOptions {
  readonly pool: pg.Pool
  readonly source: EventSource
  readonly queues: {
    sendAll(
      messages: readonly OutgoingMessage[],
      options?: { readonly context?: TraceHeaders },
    ): Promise<void>
  }
  readonly log: Logger
  /** Absent: of the table of the event store. */
  readonly sequence?: SealedSequence
  /** Between two reports of how far this source has come. */
  readonly beaconMs?: number
  readonly pollMs?: number
}

/**
 * Says every committed event on to analytics, in order, at least once. Redis may be down or be
 * wiped, this process may die, another may do the same: the cursor in PostgreSQL moves only after
 * the messages are out, and whoever misses some asks for them again.
 */
export interface Relay extends Poller {
  /**
   * Sends a part of the sequence once more, both ends included; of a longer one the first 10,000.
   *
   * @throws InvalidInputError `events.invalid-range`
   */
  resend(fromG: number, toG: number): Promise<void>
}

const CONSUMER = 'analytics'
const PAGE = 500
const SEAL_BATCH = 1000
const RESEND_LIMIT = 10_000
/** Analytics need not know at once: under load, a pass carries what a tenth of a second brought. */
const REST_MS = 100
/** Well below the time after which PostgreSQL ends a transaction that does nothing. */
const SENDING_LIMIT_MS = 10_000

// Held to the end of the transaction: gone with the connection of a process that dies or hangs.
const LOCK = `SELECT pg_try_advisory_xact_lock('relay_cursors'::regclass::oid::bigint) AS mine`
// A cursor that a crash sets back makes messages go out again. That is allowed; a wait is saved.
const COMMIT_SOON = 'SET LOCAL synchronous_commit = off'
const CURSOR = 'SELECT g FROM relay_cursors WHERE consumer = $1'
const MOVE_CURSOR = `
  INSERT INTO relay_cursors (consumer, g) VALUES ($1, $2)
  ON CONFLICT (consumer) DO UPDATE SET g = excluded.g, at = now()`

export function createRelay({
  pool,
  source,
  queues,
  log,
  sequence = sealedEvents(pool),
  beaconMs = 15_000,
  pollMs = 250,
}: RelayOptions): Relay {
  let reportedAt = Number.NEGATIVE_INFINITY

  const send = ({ messages, trace }: EventMessages) => queues.sendAll(messages, { context: trace })

  /** @returns the last `g` that is out: not that of the last event when Redis is very slow */
  async function sendPage(page: readonly SealedEvent[], afterG: number): Promise<number> {
    const start = performance.now()
    let sentG = afterG
    for (const group of eventMessages(source, page)) {
      await send(group)
      sentG = group.lastG
      if (performance.now() - start > SENDING_LIMIT_MS) break
    }
    return sentG
  }

  async function advance(client: pg.PoolClient) {
    const { rows } = await client.query<{ mine: boolean }>(LOCK)
    if (!rows[0]?.mine) return undefined
    const afterG = await cursor(client)
    const page = await sequence.read(client, { afterG, limit: PAGE })
    const g = await sendPage(page, afterG)
    if (g > afterG) {
      await client.query(COMMIT_SOON)
      await client.query(MOVE_CURSOR, [CONSUMER, g])
    }
    const isAllSent = g >= (page.at(-1)?.event.g ?? g)
    return { g, hasMore: page.length === PAGE || !isAllSent }
  }

  async function reportHead(g: number): Promise<void> {
    if (performance.now() - reportedAt < beaconMs) return
    await queues.sendAll([outgoing(analyticsQueue, 'events.report-head', { source, g })])
    reportedAt = performance.now()
  }

  async function pass(): Promise<boolean> {
    const sealed = await sequence.seal(SEAL_BATCH)
    const step = await withTransaction(pool, advance)
    if (step) await reportHead(step.g)
    return sealed === SEAL_BATCH || step?.hasMore === true
  }

  return {
    ...createPoller({ name: 'relay', pass, pollMs, restMs: REST_MS, log }),

    async resend(fromG, toG) {
      if (!(fromG >= 1 && fromG <= toG)) {
        throw new InvalidInputError('events.invalid-range', `Not a range: ${fromG} to ${toG}`)
      }
      const lastG = Math.min(toG, fromG + RESEND_LIMIT - 1)
      for (let afterG = fromG - 1; afterG < lastG; ) {
        const limit = Math.min(PAGE, lastG - afterG)
        const page = await sequence.read(pool, { afterG, limit })
        for (const group of eventMessages(source, page)) await send(group)
        afterG = page.at(-1)?.event.g ?? lastG
      }
    },
  }
}

async function cursor(db: Queryable): Promise<number> {
  const { rows } = await db.query<{ g: string }>({ text: CURSOR, values: [CONSUMER] })
  return Number(rows[0]?.g ?? 0)
}
