import { damaged, ParseError } from '../parse-error.ts'
import type { ParseLimits } from '../parsed.ts'

/** The streams of a compound file by their paths, such as `BodyText/Section0`. */
export interface CompoundFile {
  readonly names: readonly string[]
  has(name: string): boolean
  /** @throws ParseError `document.damaged` when it is not there or broken */
  read(name: string): Uint8Array
}

const SIGNATURE = 0xe11ab1a1e011cfd0n
/** Sectors from here on say something, instead of being the next one. */
const END_OF_CHAIN = 0xfffffffa
const ENTRY_BYTES = 128
const HEADER_DIFAT_ENTRIES = 109

interface Entry {
  readonly name: string
  readonly kind: number
  readonly left: number
  readonly right: number
  readonly child: number
  readonly start: number
  readonly size: number
}

/**
 * Opens the container of HWP and of older Office files. Chains of sectors are followed no further
 * than there are sectors, so that a loop ends.
 *
 * Source: [MS-CFB] 2024-11-19, sections 2.2 to 2.6.
 *
 * @throws ParseError `document.damaged`, `document.too-many-parts`
 */
export function openCompoundFile(bytes: Uint8Array, limits: ParseLimits): CompoundFile {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.byteLength < 512 || view.getBigUint64(0, true) !== SIGNATURE) throw broken()
  const sectors = sectorsOf(bytes, 1 << shift(view.getUint16(30, true), 9, 12))
  const fat = allocationTable(view, sectors)
  const directory = sectors.join(chain(fat, view.getUint32(48, true)))
  const entries = readEntries(directory, limits)
  const root = entries[0]
  if (!root) throw broken()

  const mini = sectorsOf(
    sectors.join(chain(fat, root.start)),
    1 << shift(view.getUint16(32, true), 6, 6),
    0,
  )
  const miniFat = numbersOf(sectors.join(chain(fat, view.getUint32(60, true))))
  const cutoff = view.getUint32(56, true)
  const streams = pathsOf(entries)
  return {
    names: [...streams.keys()],
    has: (name) => streams.has(name),
    read(name) {
      const entry = streams.get(name)
      if (!entry) throw damaged(`The stream ${name} is missing`)
      const [pieces, table] = entry.size < cutoff ? [mini, miniFat] : [sectors, fat]
      const content = pieces.join(chain(table, entry.start))
      if (content.byteLength < entry.size) throw broken()
      return content.subarray(0, entry.size)
    },
  }
}

interface Sectors {
  readonly count: number
  get(index: number): Uint8Array
  join(indexes: readonly number[]): Uint8Array
}

/** @param before how many sectors the header takes */
function sectorsOf(bytes: Uint8Array, size: number, before = 1): Sectors {
  const count = Math.ceil(bytes.byteLength / size) - before
  const get = (index: number) => {
    if (index >= count) throw broken()
    return bytes.subarray((index + before) * size, (index + before + 1) * size)
  }
  return { count, get, join: (indexes) => Buffer.concat(indexes.map(get)) }
}

/** Its own sectors are listed in the header, and from there on in a chain of further lists. */
function allocationTable(header: DataView, sectors: Sectors): Uint32Array {
  const listed: number[] = []
  for (let at = 0; at < HEADER_DIFAT_ENTRIES; at++) listed.push(header.getUint32(76 + at * 4, true))
  let next = header.getUint32(68, true)
  for (let steps = 0; next < END_OF_CHAIN; steps++) {
    if (steps > sectors.count) throw broken()
    const list = numbersOf(sectors.get(next))
    listed.push(...list.subarray(0, -1))
    next = list.at(-1) ?? END_OF_CHAIN
  }
  const used = listed.filter((sector) => sector < END_OF_CHAIN)
  if (used.length > sectors.count) throw broken()
  return numbersOf(sectors.join(used))
}

function chain(table: Uint32Array, start: number): number[] {
  const indexes: number[] = []
  for (let at = start; at < END_OF_CHAIN; at = table[at] as number) {
    if (at >= table.length || indexes.length > table.length) throw broken()
    indexes.push(at)
  }
  return indexes
}

function numbersOf(bytes: Uint8Array): Uint32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return Uint32Array.from({ length: Math.floor(bytes.byteLength / 4) }, (_, index) =>
    view.getUint32(index * 4, true),
  )
}

function readEntries(directory: Uint8Array, { maxParts }: ParseLimits): Entry[] {
  const count = Math.floor(directory.byteLength / ENTRY_BYTES)
  if (count > maxParts) {
    throw new ParseError(
      'document.too-many-parts',
      `The file has more than ${maxParts} parts: split it into several documents`,
    )
  }
  return Array.from({ length: count }, (_, index) =>
    readEntry(directory.subarray(index * ENTRY_BYTES, (index + 1) * ENTRY_BYTES)),
  )
}

function readEntry(bytes: Uint8Array): Entry {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const nameBytes = Math.min(Math.max(view.getUint16(64, true) - 2, 0), 62)
  return {
    name: new TextDecoder('utf-16le').decode(bytes.subarray(0, nameBytes)),
    kind: bytes[66] ?? 0,
    left: view.getUint32(68, true),
    right: view.getUint32(72, true),
    child: view.getUint32(76, true),
    start: view.getUint32(116, true),
    size: view.getUint32(120, true),
  }
}

const STORAGE = 1
const STREAM = 2

/** The names of streams, with those of the storages that they are in. Each entry is visited once. */
function pathsOf(entries: readonly Entry[]): Map<string, Entry> {
  const streams = new Map<string, Entry>()
  const seen = new Set<number>()
  const open = [{ index: entries[0]?.child ?? END_OF_CHAIN, folder: '' }]
  for (let next = open.pop(); next; next = open.pop()) {
    const { index, folder } = next
    const entry = entries[index]
    if (!entry || seen.has(index)) continue
    seen.add(index)
    open.push({ index: entry.left, folder }, { index: entry.right, folder })
    const path = `${folder}${entry.name}`
    if (entry.kind === STREAM) streams.set(path, entry)
    if (entry.kind === STORAGE) open.push({ index: entry.child, folder: `${path}/` })
  }
  return streams
}

function shift(value: number, least: number, most: number): number {
  if (value < least || value > most) throw broken()
  return value
}

function broken(): ParseError {
  return damaged('The container of the file is broken')
}
