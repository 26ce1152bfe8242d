import type { Readable } from 'node:stream'
import { INTERNAL_HEADERS } from '@dure/contracts'
import { DeadlineExceededError } from '@dure/kernel'
import { whenClosed } from '@dure/platform'
import type { Dispatcher } from 'undici'
import type { Priority } from '../../routing/priority.ts'
import type { Arm } from '../../upstream.ts'
import { Attempts } from '../attempts.ts'
import type { Visitor } from '../bulkhead.ts'
import { failureOf, overloaded } from '../failure.ts'
import { type Headers, isEventStream, isProblem } from '../headers.ts'
import { connectionFault, isTransientStatus } from '../retry.ts'
import { DEFAULT_TIMEOUT_MS } from '../timeout.ts'
import { Answer } from './answer.ts'
import { keepBody, streamBody } from './body.ts'
import type { Journey } from './journey.ts'
import { type Timed, Timeouts } from './timeouts.ts'

type Place = 'none' | 'waiting' | 'request' | 'stream'

/** Of a client that left: no status of HTTP, but the one that logs know. */
const CLIENT_CLOSED_REQUEST = 499
const MAX_DISCARDED_BYTES = 65_536
/** Whoever wants it sooner says nothing about the service when it is late. */
const FAIR_TIMEOUT_MS = 60_000
/** Of all who do not say how long they wait. */
const usual = new Timeouts()
const GIVEN_UP = new Error('Nobody waits for this any more')

/**
 * One request on its way through the gateway: waits for its place, is sent, perhaps once more, and
 * its answer is passed on chunk by chunk, no faster than the client reads it. It is its own handler
 * for undici, and has no promise per step: this is the path that every request takes.
 */
export class Passage implements Visitor, Timed, Dispatcher.DispatchHandler {
  readonly priority: Priority
  readonly #journey: Journey
  readonly #answer: Answer
  readonly #attempts: Attempts
  /** Of `performance.now()`. */
  readonly deadlineMs: number
  earlier: Timed | undefined
  later: Timed | undefined
  #deadline: NodeJS.Timeout | undefined
  #retry: NodeJS.Timeout | undefined
  #retryDelayMs = 0
  #place: Place = 'none'
  #isOver = false
  #body: Buffer | Readable | null = null
  #closeStream: (() => void) | undefined
  #control: Dispatcher.DispatchController | undefined
  #begun = false
  /** The answer of an attempt that is made again: so many bytes of it were thrown away. */
  #discarded = -1

  constructor(journey: Journey) {
    const { request, upstream, arm, priority, body } = journey
    this.#journey = journey
    this.priority = priority
    this.#answer = new Answer(journey.reply)
    this.deadlineMs = journey.beganAtMs + journey.timeoutMs
    this.#attempts = new Attempts({
      upstream,
      arm,
      priority,
      deadlineMs: this.deadlineMs,
      method: request.method,
      idempotencyKey: request.headers['idempotency-key'],
      isKept: body !== 'streamed',
    })
  }

  /** The one that answered, or was asked last. */
  get #arm(): Arm['name'] {
    return this.#attempts.arm.name
  }

  run(): void {
    const { request, reply, timeoutMs, body, maxBodyBytes } = this.#journey
    if (timeoutMs === DEFAULT_TIMEOUT_MS) usual.begin(this)
    else this.#deadline = setTimeout(onDeadline, timeoutMs, this)
    whenClosed(reply, () => this.#clientLeft())
    if (body === 'kept') {
      keepBody(request.raw, (kept) => {
        this.#body = kept
        this.#enter()
      })
    } else {
      if (body === 'streamed') this.#body = streamBody(request.raw, maxBodyBytes)
      this.#enter()
    }
  }

  /** Ends a stream of events; when it can be resumed, its reader is told so. */
  endStream(isResumable: boolean): void {
    if (this.#isOver) return
    if (isResumable) this.#answer.endStream()
    else this.#answer.cut()
    this.#finish(undefined)
  }

  onTimeout(): void {
    const { timeoutMs } = this.#journey
    const message = `There was no answer within ${timeoutMs} ms: ask for more with x-request-timeout`
    this.#attempts.report(timeoutMs >= FAIR_TIMEOUT_MS ? 'failed' : 'abandoned')
    this.#finish(new DeadlineExceededError('request.deadline-exceeded', message))
  }

  onRetry(): void {
    if (!this.#isOver) this.#send()
  }

  onTurn(): void {
    this.#place = 'request'
    this.#send()
  }

  onTurnedAway(): void {
    this.#place = 'none'
    this.#finish(overloaded(this.#journey.upstream.name))
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#control = controller
    if (this.#isOver) controller.abort(GIVEN_UP)
  }

  onResponseStart(_controller: unknown, status: number, headers: Headers): void {
    if (status < 200 || this.#isOver) return
    const isTransient = isTransientStatus(status)
    this.#attempts.report(isTransient && !isProblem(headers) ? 'failed' : 'succeeded')
    if (isTransient && this.#willRetry(headers['retry-after'])) {
      this.#discarded = 0
    } else if (!isEventStream(headers) || this.#becomeStream()) {
      const { upstream, reply } = this.#journey
      if (upstream.canary) reply.header('dure-upstream', this.#arm)
      this.#begun = true
      this.#answer.begin(status, headers)
    }
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#isOver) return
    if (this.#discarded >= 0) {
      this.#discarded += chunk.length
      if (this.#discarded > MAX_DISCARDED_BYTES) controller.abort(GIVEN_UP)
    } else if (!this.#answer.write(chunk)) {
      controller.pause()
      this.#answer.onceDrained(() => controller.resume())
    }
  }

  onResponseEnd(): void {
    this.#control = undefined
    if (this.#isOver) return
    if (this.#discarded >= 0) {
      this.#sendAgain()
    } else {
      this.#answer.end()
      this.#finish(undefined)
    }
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#control = undefined
    if (this.#isOver) return
    const fault = connectionFault(error)
    this.#attempts.report(fault ? 'failed' : 'abandoned')
    const isGivenUp = this.#discarded >= 0
    if (isGivenUp || (!this.#begun && fault && this.#willRetry(undefined, fault))) this.#sendAgain()
    else this.#finish(error)
  }

  #enter(): void {
    if (this.#isOver) return
    const entrance = this.#journey.upstream.requests.enter(this)
    if (entrance === 'in') this.onTurn()
    else if (entrance === 'waiting') this.#place = 'waiting'
    else this.#finish(overloaded(this.#journey.upstream.name))
  }

  #send(): void {
    const { request, headers } = this.#journey
    try {
      const { pool } = this.#attempts.begin()
      const leftMs = Math.max(1, Math.floor(this.deadlineMs - performance.now()))
      const options: Dispatcher.DispatchOptions = {
        method: request.method as Dispatcher.HttpMethod,
        path: request.raw.url ?? '/',
        headers: [...headers, INTERNAL_HEADERS.deadline, String(leftMs)],
        body: this.#body,
      }
      pool.dispatch(options, this)
    } catch (error) {
      this.#finish(error)
    }
  }

  #willRetry(retryAfter: Headers[string], fault?: 'never-sent' | 'cut'): boolean {
    const after = retryAfter === undefined ? undefined : String(retryAfter)
    const delayMs = this.#attempts.next(after, fault)
    this.#retryDelayMs = delayMs ?? 0
    return delayMs !== undefined
  }

  #sendAgain(): void {
    this.#discarded = -1
    this.#retry = setTimeout(onRetry, this.#retryDelayMs, this)
  }

  /** A stream has no deadline: it ends when a side leaves, its key dies, or the gateway stops. */
  #becomeStream(): boolean {
    const { upstream, openStream } = this.#journey
    const hasRoom = upstream.streams.tryEnter(this.priority)
    try {
      if (!hasRoom) throw overloaded(upstream.name)
      this.#closeStream = openStream(this)
    } catch (error) {
      if (hasRoom) upstream.streams.leave(this.priority)
      this.#finish(error)
      return false
    }
    this.#endDeadline()
    this.#leave()
    this.#place = 'stream'
    return true
  }

  #endDeadline(): void {
    if (this.#deadline === undefined) usual.end(this)
    else clearTimeout(this.#deadline)
  }

  #clientLeft(): void {
    if (this.#isOver) return
    const { reply, request, upstream } = this.#journey
    if (!this.#begun) {
      reply.hijack()
      reply.raw.statusCode = CLIENT_CLOSED_REQUEST
    }
    request.log.info({ service: upstream.name }, 'the client left before the end of its answer')
    this.#finish(undefined)
  }

  /** @param error what to tell the client; where an answer has begun, its connection is cut */
  #finish(error: unknown): void {
    if (this.#isOver) return
    this.#isOver = true
    this.#endDeadline()
    clearTimeout(this.#retry)
    this.#attempts.report('abandoned')
    this.#leave()
    this.#control?.abort(GIVEN_UP)
    const { request, upstream, onEnd } = this.#journey
    if (error !== undefined && this.#begun) {
      this.#answer.cut()
      request.log.info({ err: error, service: upstream.name }, 'answer cut off')
    }
    const isUntold = error !== undefined && !this.#begun
    onEnd(this.#arm, isUntold ? failureOf(error, upstream.name) : undefined)
  }

  #leave(): void {
    const { upstream } = this.#journey
    const place = this.#place
    this.#place = 'none'
    if (place === 'waiting') upstream.requests.forget(this)
    else if (place === 'request') upstream.requests.leave(this.priority)
    else if (place === 'stream') {
      upstream.streams.leave(this.priority)
      this.#closeStream?.()
    }
  }
}

function onDeadline(passage: Passage): void {
  passage.onTimeout()
}

function onRetry(passage: Passage): void {
  passage.onRetry()
}
