import { ConflictError } from '@dure/kernel'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { UnitOfWork } from '../postgres/unit-of-work.ts'
import { type Gate, inProgress } from './idempotency-gate.ts'
import { type Answer, type KeyedRequest, openAnswer, sealAnswer } from './idempotency-key.ts'
import type { IdempotencyStore, KeyRow } from './idempotency-store.ts'

export interface RepeatsOptions {
  readonly store: IdempotencyStore
  readonly gate: Gate
  /** Whether the handler and its answer are one transaction. */
  readonly isTransaction: boolean
  /** Undefined for a request without a key. */
  readonly keyedOf: (request: FastifyRequest) => KeyedRequest | undefined
}

interface Claimed {
  readonly keyed: KeyedRequest
  readonly row: KeyRow
  /** Of a route that is a transaction. */
  readonly unit: UnitOfWork | undefined
}

/** A request with a key, from its claim to its answer. */
interface Pending extends Omit<Claimed, 'row'> {
  readonly leave: () => void
  work: Promise<unknown>
  isOver: boolean
}

const KEPT_HEADERS = ['content-type', 'location', 'etag', 'cache-control', 'preference-applied']

const onceIds = new WeakMap<FastifyRequest, string>()

/**
 * The same for each try of a request with a key, also after a crash, and for no other request: what is
 * done by this id is done once. Undefined without a key.
 */
export function onceIdOf(request: FastifyRequest): string | undefined {
  return onceIds.get(request)
}

/** The hooks around the handler of one route. */
export function createRepeats({ store, gate, isTransaction, keyedOf }: RepeatsOptions) {
  const pendings = new WeakMap<FastifyRequest, Pending>()
  const claim = isTransaction ? claimInUnit : claimAlone

  return {
    /** Before the handler, after the validation: what is refused there uses up no key. */
    async begin(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> {
      const keyed = keyedOf(request)
      if (!keyed) return undefined
      const leave = await gate.enter(keyed.id)
      let answer: Answer | undefined
      let pending: Pending | undefined
      try {
        const claimed = await claim(store, keyed)
        answer = await answerIn(claimed)
        if (!answer) pending = { ...claimed, leave, work: Promise.resolve(), isOver: false }
        // A key that is used again after it has expired is another one.
        onceIds.set(request, `once-${keyed.id}-${claimed.row.expiresAt.getTime()}`)
      } finally {
        if (!pending) leave()
      }
      if (pending) {
        pendings.set(request, pending)
        abandonWhenClosed(reply, pending)
      }
      return answer && replay(reply, answer).send(answer.body ?? undefined)
    },

    run<Result>(request: FastifyRequest, work: () => Result): Result {
      const pending = pendings.get(request)
      if (!pending) return work()
      const result = pending.unit ? pending.unit.run(work) : work()
      pending.work = Promise.resolve(result)
      return result
    },

    /** Before anything is sent: what was answered is kept, or nothing was answered. */
    async settle(request: FastifyRequest, reply: FastifyReply, payload: unknown) {
      const pending = pendings.get(request)
      if (!pending || pending.isOver) return payload
      pending.isOver = true
      try {
        if (reply.statusCode >= 400) {
          await giveUp(store, pending, reply.statusCode)
          return payload
        }
        const earlier = await keep(store, pending, answerOf(reply, payload))
        if (!earlier) return payload
        replay(reply, earlier)
        return earlier.body
      } finally {
        pending.leave()
      }
    },
  }
}

async function claimInUnit(store: IdempotencyStore, keyed: KeyedRequest): Promise<Claimed> {
  try {
    return { keyed, ...(await store.open(keyed)) }
  } catch (error) {
    throw isLockTimeout(error) ? inProgress() : error
  }
}

async function claimAlone(store: IdempotencyStore, keyed: KeyedRequest): Promise<Claimed> {
  return { keyed, unit: undefined, row: await store.claim(keyed) }
}

/**
 * The answer of before, if there is one; then the unit is over.
 *
 * @throws ConflictError `idempotency.key-reused`
 */
async function answerIn({ keyed, row, unit }: Claimed): Promise<Answer | undefined> {
  const isSame = row.requestHash === keyed.requestHash
  if (isSame && row.answer === null) return undefined
  await unit?.rollBack()
  if (isSame && row.answer) return openAnswer(keyed, row.answer)
  throw keyReused()
}

/** @returns what another process has answered meanwhile, if it has */
async function keep(
  store: IdempotencyStore,
  { keyed, unit }: Pending,
  answer: Answer,
): Promise<Answer | undefined> {
  const sealed = sealAnswer(keyed, answer)
  if (unit) {
    await store.commit(unit, keyed, sealed)
    return undefined
  }
  const kept = await store.keep(keyed, sealed)
  if (kept.requestHash !== keyed.requestHash) throw keyReused()
  return kept.answer && !kept.answer.equals(sealed) ? openAnswer(keyed, kept.answer) : undefined
}

/** A refusal did nothing, so the key is free again; after a 5xx, nobody knows whether it did. */
async function giveUp(
  store: IdempotencyStore,
  { keyed, unit }: Pending,
  status: number,
): Promise<void> {
  if (unit) await unit.rollBack()
  else if (status < 500) await store.release(keyed)
}

/** Of a client that has left, the answer may never come to be sent, and so never to be settled. */
function abandonWhenClosed(reply: FastifyReply, pending: Pending): void {
  async function abandon(): Promise<void> {
    if (pending.isOver) return
    pending.isOver = true
    await pending.unit?.rollBack()
    pending.leave()
  }
  reply.raw.once('close', () => {
    const afterwards = () => setImmediate(() => void abandon())
    pending.work.then(afterwards, afterwards)
  })
}

function answerOf(reply: FastifyReply, payload: unknown): Answer {
  if (payload != null && typeof payload !== 'string') {
    throw new TypeError('Of an idempotent route, only an answer of text can be kept')
  }
  const headers = KEPT_HEADERS.flatMap((name) => {
    const value = reply.getHeader(name)
    return value === undefined ? [] : [[name, String(value)] as const]
  })
  return { status: reply.statusCode, headers: Object.fromEntries(headers), body: payload ?? null }
}

function replay(reply: FastifyReply, { status, headers }: Answer): FastifyReply {
  return reply.code(status).headers(headers).header('idempotency-replayed', 'true')
}

function keyReused(): ConflictError {
  return new ConflictError(
    'idempotency.key-reused',
    'This Idempotency-Key belongs to another request: use a new one',
  )
}

/** SQLSTATE of a lock that was not to be had in time. */
function isLockTimeout(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '55P03'
}
