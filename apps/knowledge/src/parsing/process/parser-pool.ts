import { InvalidInputError, UnavailableError } from '@dure/kernel'
import type { Logger } from '@dure/platform'
import type { DocumentFile } from '../formats/index.ts'
import { ParseError } from '../parse-error.ts'
import type { ParsedDocument } from '../parsed.ts'
import { type Parser, type ParserOptions, startParser } from './parser.ts'

export interface ParserPool {
  /**
   * Makes a document of a file, in a process of its own that can be lost without harm.
   *
   * @throws InvalidInputError with the code of a ParseError when nothing can be made of the file
   * @throws UnavailableError `document.ingestion-interrupted` when the signal comes first
   */
  parse(file: DocumentFile, signal: AbortSignal): Promise<ParsedDocument>
  close(): void
}

export interface ParserPoolOptions extends Omit<ParserOptions, 'cpuSeconds'> {
  /** How many processes there are at the most. They start when they are needed. */
  readonly size: number
  /** After so many files a process is replaced: libraries keep things, and memory falls apart. */
  readonly filesPerProcess?: number
  readonly log: Logger
}

const FILES_PER_PROCESS = 50

export function createParserPool(options: ParserPoolOptions): ParserPool {
  const { size, filesPerProcess = FILES_PER_PROCESS, log } = options
  const cpuSeconds = Math.ceil(options.timeoutMs / 1000) * filesPerProcess
  const idle: Parser[] = []
  const busy = new Set<Parser>()
  const waiting: (() => void)[] = []

  async function take(signal: AbortSignal): Promise<Parser> {
    while (busy.size >= size) await turn(signal)
    let parser = idle.pop()
    while (parser && !parser.isAlive) parser = idle.pop()
    parser ??= startParser({ ...options, cpuSeconds })
    busy.add(parser)
    return parser
  }

  /** @returns when a place may be free: look again */
  async function turn(signal: AbortSignal): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    waiting.push(resolve)
    signal.addEventListener('abort', () => resolve(), { once: true })
    await promise
    if (!signal.aborted) return
    const place = waiting.indexOf(resolve)
    if (place !== -1) waiting.splice(place, 1)
    // It may have been called up already: then the next one is, instead.
    else waiting.shift()?.()
    throw interrupted()
  }

  function give(parser: Parser): void {
    busy.delete(parser)
    if (parser.used >= filesPerProcess) parser.end()
    else if (parser.isAlive) idle.push(parser)
    waiting.shift()?.()
  }

  return {
    async parse(file, signal) {
      const parser = await take(signal)
      const stop = () => parser.end()
      signal.addEventListener('abort', stop, { once: true })
      try {
        if (signal.aborted) throw interrupted()
        return await parser.parse(file)
      } catch (error) {
        if (signal.aborted) throw interrupted()
        if (!(error instanceof ParseError)) throw error
        if (error.cause !== undefined) log.warn({ err: error }, 'a file could not be parsed')
        throw new InvalidInputError(error.code, error.message)
      } finally {
        signal.removeEventListener('abort', stop)
        give(parser)
      }
    },

    close() {
      for (const parser of [...idle.splice(0), ...busy]) parser.end()
    },
  }
}

function interrupted(): UnavailableError {
  return new UnavailableError('document.ingestion-interrupted', 'The service is stopping')
}
