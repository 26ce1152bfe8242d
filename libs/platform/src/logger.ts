import { writeSync } from 'node:fs'
import { type SpanContext, trace } from '@opentelemetry/api'
import { type DestinationStream, type Logger, type LoggerOptions, pino } from 'pino'
import type { ServiceConfig } from './config.ts'
import { withoutSecrets } from './redact.ts'

export type { Logger }

const SECRETS = ['authorization', 'cookie', 'apiKey', 'password', 'secret', 'token', 'x-api-key']

/** @param context of the trace that the line belongs to; absent: the active one */
type LineWriter = (fields: string, context?: SpanContext) => void

const lines = new WeakMap<Logger, LineWriter>()

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
    hooks: { streamWrite: withoutSecrets },
  }
  const log = pino(options, destination)
  lines.set(log, lineWriter(log, destination))
  return log
}

/**
 * Writes a line at level info whose fields are JSON already, at a fraction of the cost: for lines that
 * come with every request, and whose every field is written down in our code. Keys are taken out of
 * them as out of all. A logger that `createLogger` did not make gets the fields as any others.
 */
export function writerOfLines(log: Logger): LineWriter {
  return lines.get(log) ?? ((fields) => log.info(JSON.parse(`{${fields}}`)))
}

function lineWriter(log: Logger, destination: DestinationStream): LineWriter {
  const { info } = log.levels.values
  const start = `{"level":${info},"time":`
  const bindings = withoutSecrets(JSON.stringify(log.bindings()).slice(1, -1))
  return (fields, context = trace.getActiveSpan()?.spanContext()) => {
    if (!log.isLevelEnabled('info')) return
    const ids = context ? `"traceId":"${context.traceId}","spanId":"${context.spanId}",` : ''
    destination.write(`${start}${Date.now()},${bindings},${ids}${withoutSecrets(fields)}}\n`)
  }
}

const leftovers: (() => string)[] = []

/** One listener for all: a service has one output, and a process of tests many. */
function atExit(leftover: () => string): void {
  // After those of pino, which has written by then what was handed on.
  if (leftovers.length === 0) {
    process.once('exit', () => void writeSync(1, leftovers.map((left) => left()).join('')))
  }
  leftovers.push(leftover)
}

/** As much as a pipe holds: each write takes another thread, and wakes it up. */
const MAX_WRITE_BYTES = 65_536
/** Below that, with the line that reaches it, whose characters may be of more bytes than one. */
const BUFFER_CHARS = 48_000
const FLUSH_MS = 500

/**
 * Standard output in large pieces, at least every half second: for whoever has many lines. They are
 * gathered here, since the destination counts the bytes of all that waits with every line that comes.
 */
export function bufferedOutput(): DestinationStream {
  const output = pino.destination({ dest: 1, sync: false, maxWrite: MAX_WRITE_BYTES })
  let gathered = ''
  let timer: NodeJS.Timeout | undefined

  function flush(): void {
    clearTimeout(timer)
    timer = undefined
    if (gathered !== '') output.write(gathered)
    gathered = ''
  }

  atExit(() => gathered)
  return {
    write(line) {
      gathered += line
      if (gathered.length >= BUFFER_CHARS) flush()
      else timer ??= setTimeout(flush, FLUSH_MS).unref()
    },
  }
}
