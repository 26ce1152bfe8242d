import { trace } from '@opentelemetry/api'
import { type DestinationStream, type Logger, type LoggerOptions, pino } from 'pino'
import type { ServiceConfig } from './config.ts'

export type { Logger }

const SECRETS = ['authorization', 'cookie', 'apiKey', 'password', 'secret', 'token', 'x-api-key']

/** An API key anywhere in a text, such as a URL in an error message. */
const API_KEY = /dure_(live|test)_[0-9A-Za-z]+_[0-9A-Za-z]+/g

const plain = new WeakMap<Logger, Logger>()

/** JSON lines, each with the trace it belongs to, none with a secret. */
export function createLogger(
  service: string,
  { LOG_LEVEL }: Pick<ServiceConfig, 'LOG_LEVEL'>,
  destination: DestinationStream = pino.destination(1),
): Logger {
  const options: LoggerOptions = {
    name: service,
    level: LOG_LEVEL,
    redact: SECRETS.flatMap((key) => [`["${key}"]`, `*["${key}"]`, `*.*["${key}"]`]),
    mixin: () => {
      const context = trace.getActiveSpan()?.spanContext()
      return context ? { traceId: context.traceId, spanId: context.spanId } : {}
    },
    hooks: { streamWrite: (line) => line.replace(API_KEY, 'dure_$1_[redacted]') },
  }
  const log = pino(options, destination)
  plain.set(log, pino({ ...options, redact: [] }, destination))
  return log
}

/**
 * The same lines at a seventh of the cost, without a search for names of secrets in what is logged:
 * for lines whose every field is written down in our code.
 */
export function withoutSearch(log: Logger): Logger {
  return plain.get(log) ?? log
}

/** Just below what the destination writes at once. */
const BUFFER_BYTES = 16_000
const FLUSH_MS = 500

/** Standard output in large pieces, at least every half second: for whoever has many lines. */
export function bufferedOutput(): DestinationStream {
  return pino.destination({
    dest: 1,
    sync: false,
    minLength: BUFFER_BYTES,
    periodicFlush: FLUSH_MS,
  })
}
