import type { FastifyBaseLogger } from 'fastify'
import type { Bindings, ChildLoggerOptions } from 'pino'

type Level = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace'
type Arguments = Parameters<FastifyBaseLogger['info']>

/**
 * The logger of one request. Most requests have nothing to say but that they ended, which has a line of
 * its own: the child, which costs as much as a line, is made by the first word.
 */
export class RequestLog {
  readonly #parent: FastifyBaseLogger
  readonly #bindings: Bindings
  readonly #options: ChildLoggerOptions | undefined
  #child: FastifyBaseLogger | undefined

  constructor(parent: FastifyBaseLogger, bindings: Bindings, options?: ChildLoggerOptions) {
    this.#parent = parent
    this.#bindings = bindings
    this.#options = options
  }

  get level(): string {
    return this.#options?.level ?? this.#parent.level
  }

  child(bindings: Bindings, options?: ChildLoggerOptions): FastifyBaseLogger {
    return this.#own().child(bindings, options)
  }

  fatal(...args: Arguments): void {
    this.#write('fatal', args)
  }

  error(...args: Arguments): void {
    this.#write('error', args)
  }

  warn(...args: Arguments): void {
    this.#write('warn', args)
  }

  info(...args: Arguments): void {
    this.#write('info', args)
  }

  debug(...args: Arguments): void {
    this.#write('debug', args)
  }

  trace(...args: Arguments): void {
    this.#write('trace', args)
  }

  silent(): void {}

  #write(level: Level, args: Arguments): void {
    this.#own()[level](...args)
  }

  #own(): FastifyBaseLogger {
    this.#child ??= this.#parent.child(this.#bindings, this.#options)
    return this.#child
  }
}
