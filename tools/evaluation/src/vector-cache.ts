import { hash } from 'node:crypto'
import {
  appendFileSync,
  createReadStream,
  existsSync,
  mkdirSync,
  openSync,
  readSync,
} from 'node:fs'
import { dirname } from 'node:path'

/** Vectors of texts, in a file that may be larger than the memory: of what was there before, only where it lies is known. */
export interface VectorCache {
  has(text: string): boolean
  /** @throws Error when it has none */
  get(text: string): Float32Array
  add(text: string, vector: Float32Array): void
}

interface Place {
  /** Of its base64, in the file. */
  readonly at: number
  readonly length: number
}

/** At the end of each line. */
const END = '.'

/** A line per vector, so that a process that is killed loses its last one at most. */
export async function openVectorCache(path: string): Promise<VectorCache> {
  mkdirSync(dirname(path), { recursive: true })
  const isOld = existsSync(path)
  // What a killed process has begun to write must not run into what comes next.
  appendFileSync(path, isOld ? '\n' : '')
  const places = new Map<string, Place>()
  let at = 0
  for await (const line of linesOf(path)) {
    const [key = '', encoded, end] = line.split(' ')
    if (encoded && end === END) {
      places.set(key, { at: at + key.length + 1, length: encoded.length })
    }
    at += line.length + 1
  }
  const file = openSync(path, 'r')
  // Another process may write to the file, too: where these lie is not known.
  const added = new Map<string, Float32Array>()
  return {
    has: (text) => places.has(keyOf(text)) || added.has(keyOf(text)),
    get(text) {
      const key = keyOf(text)
      const [own, place] = [added.get(key), places.get(key)]
      if (own) return own
      if (!place) throw new Error('The text has no vector')
      const bytes = Buffer.alloc(place.length)
      readSync(file, bytes, 0, place.length, place.at)
      return decoded(bytes.toString('latin1'))
    },
    add(text, vector) {
      const key = keyOf(text)
      added.set(key, vector)
      const bytes = Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength)
      appendFileSync(path, `${key} ${bytes.toString('base64')} ${END}\n`)
    },
  }
}

const keyOf = (text: string) => hash('sha256', text)

/** A character is a byte of the file. */
async function* linesOf(path: string): AsyncGenerator<string> {
  let rest = ''
  for await (const piece of createReadStream(path, 'latin1')) {
    const lines = `${rest}${piece}`.split('\n')
    rest = lines.pop() ?? ''
    yield* lines
  }
}

function decoded(encoded: string): Float32Array {
  return new Float32Array(Uint8Array.from(Buffer.from(encoded, 'base64')).buffer)
}
