import { trace } from '@opentelemetry/api'
import { type DestinationStream, type Logger, type LoggerOptions, pino } from 'pino'
import type { ServiceConfig } from './config.ts'

export type { Logger }

const SECRETS = ['authorization', 'cookie', 'apiKey', 'password', 'secret', 'token', 'x-api-key']

/** An API key anywhere in a text, such as a URL in an error message. */
const API_KEY = /dure_(live|test)_[0-9A-Za-z]+_[0-9A-Za-z]+/g

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
  return pino(options, destination)
}
