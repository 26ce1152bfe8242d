import { readFileSync } from 'node:fs'
import type { Readable, Writable } from 'node:stream'
import type { DocumentFile } from '../formats/index.ts'
import { ParseError, tooMuchText } from '../parse-error.ts'
import { PARSE_LIMITS, type ParsedDocument } from '../parsed.ts'
import { type Answer, readAnswer } from './answer.ts'
import { FrameReader, FrameTooLargeError, frameOf } from './frames.ts'
import { type LaunchOptions, launch } from './launch.ts'
import { ANSWERS_TO } from './launch-options.ts'
import { documentOf } from './outline.ts'

export interface ParserOptions extends LaunchOptions {
  readonly timeoutMs: number
}

/** One process. After a failure that is not of its own making it is gone. */
export interface Parser {
  readonly isAlive: boolean
  /** How many files it has been given. */
  readonly used: number
  /**
   * One file at a time. Ending the process ends the parsing too.
   *
   * @throws ParseError as `parseFile`; `document.parsing-timed-out`,
   *   `document.parsing-out-of-memory` and `document.parser-crashed` when the process is lost
   */
  parse(file: DocumentFile): Promise<ParsedDocument>
  end(): void
}

const WATCH_MS = 100
const STDERR_LENGTH = 2000
/** Part of its memory that a process may still hold when it gets another file. */
const MOST_LEFT = 1 / 2
/** Escapes make a text longer, and each paragraph has a block. */
const MAX_ANSWER_BYTES = PARSE_LIMITS.maxTextLength * 8

/** Why we have ended a process. */
type Verdict = 'timed-out' | 'out-of-memory' | 'said-too-much' | 'not-needed'

export function startParser(options: ParserOptions): Parser {
  const child = launch(options)
  const said = tailOf(child.stderr as Readable)
  let used = 0
  let ended: Ended | undefined
  let verdict: Verdict | undefined
  let settle: ((result: Answer | Ended) => void) | undefined
  const reader = new FrameReader(MAX_ANSWER_BYTES)

  function end(why: Verdict) {
    verdict ??= why
    child.kill('SIGKILL')
  }

  function finish(result: Answer | Ended) {
    settle?.(result)
    settle = undefined
  }

  ;(child.stdio[ANSWERS_TO] as Readable).on('data', (chunk: Uint8Array) => {
    try {
      for (const frame of reader.push(chunk)) {
        finish(readAnswer(frame) ?? { crash: 'It gave an answer that is none' })
      }
    } catch (error) {
      if (!(error instanceof FrameTooLargeError)) throw error
      end('said-too-much')
    }
  })
  // A process that is gone says so by its exit; what was written to it is lost with it.
  ;(child.stdin as Writable).on('error', () => undefined)
  child.on('error', (error) => lost({ signal: null, said: error.message }))
  child.on('exit', (_code, signal) => lost({ signal, said: said() }))

  function lost(how: { signal: NodeJS.Signals | null; said: string }) {
    ended = { ...how, verdict }
    finish(ended)
  }

  return {
    get isAlive() {
      return ended === undefined && verdict === undefined
    },
    get used() {
      return used
    },
    end: () => end('not-needed'),

    async parse(file) {
      used++
      const watch = watchOver(child, options, end)
      const result = await new Promise<Answer | Ended>((resolve) => {
        settle = resolve
        if (ended) return finish(ended)
        give(child.stdin as Writable, file)
      }).finally(watch.stop)
      // What one file has left behind must not be too much for the next.
      if (residentMb(child.pid) > options.memoryMb * MOST_LEFT) end('not-needed')
      if ('code' in result) throw new ParseError(result.code as ParseError['code'], result.message)
      if ('outline' in result) return documentOf(result.text, result.outline)
      end('not-needed')
      throw 'crash' in result ? crashed(result.crash) : failureOf(result)
    },
  }
}

interface Ended {
  readonly signal: NodeJS.Signals | null
  readonly verdict: Verdict | undefined
  readonly said: string
}

function give(input: Writable, { name, bytes }: DocumentFile): void {
  const frames = [...frameOf(new TextEncoder().encode(name)), ...frameOf(bytes)]
  for (const part of frames) input.write(part)
}

/** Ends a process that takes too long, or more memory than V8 knows of. */
function watchOver(
  { pid }: ReturnType<typeof launch>,
  { timeoutMs, memoryMb }: ParserOptions,
  end: (why: Verdict) => void,
) {
  const timer = setTimeout(() => end('timed-out'), timeoutMs)
  const watch = setInterval(() => {
    if (residentMb(pid) > memoryMb) end('out-of-memory')
  }, WATCH_MS)
  return {
    stop() {
      clearTimeout(timer)
      clearInterval(watch)
    },
  }
}

/** @returns 0 where the system does not tell: then V8's own limit is the only one */
function residentMb(pid: number | undefined): number {
  if (pid === undefined) return 0
  try {
    const kb = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
    return Number(kb ?? 0) / 1024
  } catch (error) {
    if (error instanceof Error && 'code' in error) return 0
    throw error
  }
}

function failureOf({ verdict, signal, said }: Ended): ParseError {
  if (verdict === 'timed-out') {
    return new ParseError(
      'document.parsing-timed-out',
      'Reading the file took longer than it may: split it into several documents',
    )
  }
  if (verdict === 'said-too-much') return tooMuchText(PARSE_LIMITS.maxTextLength)
  // V8 aborts when its heap is full; the kernel kills when the machine is.
  if (verdict === 'out-of-memory' || /heap out of memory|Allocation failed/.test(said)) {
    return outOfMemory()
  }
  return signal === 'SIGKILL' ? outOfMemory() : crashed(said)
}

function outOfMemory(): ParseError {
  return new ParseError(
    'document.parsing-out-of-memory',
    'Reading the file took more memory than it may: split it into several documents',
  )
}

function crashed(cause: string): ParseError {
  if (/^RangeError: (?:Array buffer allocation failed|WebAssembly)|out of memory/m.test(cause)) {
    return outOfMemory()
  }
  return new ParseError(
    'document.parser-crashed',
    'The file could not be read: open it, save it again and upload that',
    { cause },
  )
}

function tailOf(stream: Readable): () => string {
  let tail = ''
  stream.setEncoding('utf8').on('data', (text: string) => {
    tail = (tail + text).slice(-STDERR_LENGTH)
  })
  return () => tail
}
