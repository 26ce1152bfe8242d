import type { Readable } from 'node:stream'
import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl'
import { damaged, encrypted, ParseError } from '../parse-error.ts'
import type { ParseLimits } from '../parsed.ts'
import { createInflateBudget, type InflateBudget } from './inflate-budget.ts'

/** The parts of a zip file, by their names. They are read in memory: a name is never a path. */
export interface Archive {
  readonly names: readonly string[]
  has(name: string): boolean
  /** Bytes as they inflate. All reads of an archive together have one budget. */
  read(name: string): AsyncGenerator<Uint8Array>
}

/**
 * Opens a zip file by its central directory, which is what Office programs go by. Archives within
 * it are never opened.
 *
 * @throws ParseError `document.damaged`, `document.encrypted`, `document.too-many-parts`
 */
export async function openArchive(bytes: Uint8Array, limits: ParseLimits): Promise<Archive> {
  const zip = await stumbling(() =>
    fromBufferPromise(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), {
      lazyEntries: true,
    }),
  )
  if (zip.entryCount > limits.maxParts) throw tooManyParts(limits.maxParts)
  const entries = await stumbling(() => entriesOf(zip, limits))
  const budget = createInflateBudget(bytes.byteLength, limits)
  return {
    names: [...entries.keys()],
    has: (name) => entries.has(name),
    async *read(name) {
      const entry = entries.get(name)
      if (!entry) throw damaged(`The part ${name} is missing`)
      const stream = await stumbling(() => zip.openReadStreamPromise(entry))
      try {
        yield* counted(stream, budget)
      } finally {
        stream.destroy()
      }
    },
  }
}

async function* counted(stream: Readable, budget: InflateBudget) {
  try {
    for await (const chunk of stream) {
      budget.spend((chunk as Uint8Array).byteLength)
      yield chunk as Uint8Array
    }
  } catch (error) {
    throw error instanceof ParseError ? error : damaged('A part of the archive is broken', error)
  }
}

async function entriesOf(zip: ZipFile, { maxParts }: ParseLimits): Promise<Map<string, Entry>> {
  const entries = new Map<string, Entry>()
  for await (const entry of zip.eachEntry()) {
    if (entry.isEncrypted()) throw encrypted()
    if (entries.size === maxParts) throw tooManyParts(maxParts)
    if (!entries.has(entry.fileName)) entries.set(entry.fileName, entry)
  }
  return entries
}

async function stumbling<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    throw error instanceof ParseError ? error : damaged('The archive cannot be opened', error)
  }
}

function tooManyParts(maxParts: number): ParseError {
  return new ParseError(
    'document.too-many-parts',
    `The file has more than ${maxParts} parts: split it into several documents`,
  )
}
