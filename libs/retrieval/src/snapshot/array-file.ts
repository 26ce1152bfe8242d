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

/** Arrays in one piece of bytes, each where it can be used without a copy, with a checksum. */
export function writeArrayFile({ facts, arrays }: ArrayFile): Uint8Array {
  const header: Header = {
    facts,
    arrays: Array.from(arrays, ([name, array]) => [
      name,
      array.constructor.name as TypeName,
      array.length,
    ]),
  }
  const json = Buffer.from(JSON.stringify(header))
  let size = aligned(PREAMBLE + json.length)
  for (const { byteLength } of arrays.values()) size = aligned(size + byteLength)
  const bytes = new Uint8Array(size)
  bytes.set(json, PREAMBLE)
  let at = aligned(PREAMBLE + json.length)
  for (const { buffer, byteOffset, byteLength } of arrays.values()) {
    bytes.set(new Uint8Array(buffer, byteOffset, byteLength), at)
    at = aligned(at + byteLength)
  }
  const view = new DataView(bytes.buffer)
  view.setBigUint64(0, MAGIC, true)
  view.setUint32(12, json.length, true)
  view.setUint32(8, crc32(bytes.subarray(12)), true)
  return bytes
}

/**
 * What `writeArrayFile` wrote. The arrays are on its memory where they stand at a multiple of eight bytes, else on a copy.
 *
 * @throws UnusableFileError for anything else
 */
export function readArrayFile(given: Uint8Array): ArrayFile {
  const bytes = given.byteOffset % ALIGNMENT === 0 ? given : given.slice()
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < PREAMBLE || view.getBigUint64(0, true) !== MAGIC) {
    throw new UnusableFileError('It is no file of arrays of this version')
  }
  if (view.getUint32(8, true) !== crc32(bytes.subarray(12))) {
    throw new UnusableFileError('Its checksum is not that of its bytes')
  }
  const jsonLength = view.getUint32(12, true)
  const json = Buffer.from(bytes.buffer, bytes.byteOffset + PREAMBLE, jsonLength).toString()
  const { facts, arrays } = JSON.parse(json) as Header
  let at = aligned(PREAMBLE + jsonLength)
  return {
    facts,
    arrays: new Map(
      arrays.map(([name, type, length]) => {
        const array: NumberArray = new TYPES[type](
          bytes.buffer as ArrayBuffer,
          bytes.byteOffset + at,
          length,
        )
        at = aligned(at + array.byteLength)
        return [name, array]
      }),
    ),
  }
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
