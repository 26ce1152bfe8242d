import { setImmediate } from 'node:timers/promises'
import { crc32 } from 'node:zlib'

export type NumberArray = Uint8Array | Int8Array | Uint16Array | Uint32Array | Float32Array

/** Names and small things that are kept beside arrays. */
export type Facts = Readonly<Record<string, string | number>>

export interface ArrayFile {
  readonly facts: Facts
  readonly arrays: ReadonlyMap<string, NumberArray>
}

/** What was read is not what was written, or was written by another version: it is of no use, and can be made again. */
export class UnusableFileError extends Error {
  override readonly name = 'UnusableFileError'
}

const TYPES = { Uint8Array, Int8Array, Uint16Array, Uint32Array, Float32Array } as const
type TypeName = keyof typeof TYPES

/** `DureArr` and the version of the layout below. A machine with the other order of bytes does not know it. */
const MAGIC = 0x44757265_41727201n
const ALIGNMENT = 8
/** The magic number, the checksum of all that follows it, and the length of the header in JSON. */
const PREAMBLE = 16

interface Header {
  readonly facts: Facts
  readonly arrays: readonly (readonly [name: string, type: TypeName, length: number])[]
}

/** Arrays with a checksum, to be written one piece after the other: each can be used where it then stands, without a copy. */
export async function writeArrayFile({ facts, arrays }: ArrayFile): Promise<Uint8Array[]> {
  const header: Header = {
    facts,
    arrays: Array.from(arrays, ([name, array]) => [
      name,
      array.constructor.name as TypeName,
      array.length,
    ]),
  }
  const json = new TextEncoder().encode(JSON.stringify(header))
  const first = new Uint8Array(aligned(PREAMBLE + json.length))
  first.set(json, PREAMBLE)
  const view = new DataView(first.buffer)
  view.setBigUint64(0, MAGIC, true)
  view.setUint32(12, json.length, true)
  const pieces: Uint8Array[] = [first]
  for (const { buffer, byteOffset, byteLength } of arrays.values()) {
    pieces.push(new Uint8Array(buffer, byteOffset, byteLength))
    pieces.push(new Uint8Array(aligned(byteLength) - byteLength))
  }
  view.setUint32(8, await checksum([first.subarray(12), ...pieces.slice(1)]), true)
  return pieces
}

/**
 * What `writeArrayFile` wrote. The arrays are on its memory where they stand at a multiple of eight bytes, else on a copy.
 *
 * @throws UnusableFileError for anything else
 */
export async function readArrayFile(given: Uint8Array): Promise<ArrayFile> {
  const bytes = given.byteOffset % ALIGNMENT === 0 ? given : given.slice()
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < PREAMBLE || view.getBigUint64(0, true) !== MAGIC) {
    throw new UnusableFileError('It is no file of arrays of this version')
  }
  if (view.getUint32(8, true) !== (await checksum([bytes.subarray(12)]))) {
    throw new UnusableFileError('Its checksum is not that of its bytes')
  }
  const jsonLength = view.getUint32(12, true)
  const json = bytes.subarray(PREAMBLE, PREAMBLE + jsonLength)
  const { facts, arrays } = JSON.parse(new TextDecoder().decode(json)) as Header
  let at = aligned(PREAMBLE + jsonLength)
  return {
    facts,
    arrays: new Map(
      arrays.map(([name, type, length]) => {
        const start = bytes.byteOffset + at
        const array: NumberArray = new TYPES[type](bytes.buffer as ArrayBuffer, start, length)
        at = aligned(at + array.byteLength)
        return [name, array]
      }),
    ),
  }
}

/** Bytes between two turns of the others: a few milliseconds. */
const TURN = 8 * 1024 * 1024

async function checksum(pieces: readonly Uint8Array[]): Promise<number> {
  let sum = 0
  let left = TURN
  for (const piece of pieces) {
    for (let at = 0; at < piece.length; at += TURN) {
      const some = piece.subarray(at, at + TURN)
      sum = crc32(some, sum)
      left -= some.length
      if (left > 0) continue
      left = TURN
      await setImmediate()
    }
  }
  return sum
}

function aligned(size: number): number {
  return Math.ceil(size / ALIGNMENT) * ALIGNMENT
}

/** @throws UnusableFileError when there is none of that name, or it is of another type */
export function arrayNamed<Type extends TypeName>(
  { arrays }: ArrayFile,
  name: string,
  type: Type,
): InstanceType<(typeof TYPES)[Type]> {
  const array = arrays.get(name)
  if (array instanceof TYPES[type]) return array as InstanceType<(typeof TYPES)[Type]>
  throw new UnusableFileError(`It has no ${type} ${name}`)
}

/** Every array with its path, such as `fields/0/entries`. */
export function arraysIn(tree: object, path = ''): [path: string, array: NumberArray][] {
  return Object.entries(tree).flatMap(([name, value]): [string, NumberArray][] => {
    if (ArrayBuffer.isView(value)) return [[path + name, value as NumberArray]]
    return typeof value === 'object' && value !== null ? arraysIn(value, `${path}${name}/`) : []
  })
}
