import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  createLexicalIndex,
  type LexicalIndex,
  readSegment,
  type SealedPart,
  writeSegment,
} from '@dure/retrieval'
import { round } from '../statistics.ts'

/** How long it takes until an index that was written down can be searched. */
export interface OpenRow {
  readonly name: 'open'
  readonly chunks: number
  readonly ms: number
  readonly megabytes: number
  readonly segments: number
}

/** From files: what a database or a network adds is not in it. */
export async function measureOpen(index: LexicalIndex): Promise<OpenRow> {
  const parts = index.parts()
  if (parts === undefined) throw new TypeError('The index is not sealed')
  const folder = await mkdtemp(join(tmpdir(), 'dure-bench-'))
  try {
    const path = (at: number) => join(folder, String(at))
    let bytes = 0
    for (const [at, { arrays }] of parts.entries()) {
      const pieces = await writeSegment(arrays)
      bytes += pieces.reduce((sum, { length }) => sum + length, 0)
      await writeFile(path(at), pieces)
    }
    const before = performance.now()
    const opened = await open(Array.from(parts, (_, at) => path(at)))
    const ms = performance.now() - before
    if (opened.size !== index.size) throw new Error('What was opened is not what was written')
    const [segments, megabytes] = [parts.length, round(bytes / 1e6)]
    return { name: 'open', chunks: index.size, ms: round(ms), megabytes, segments }
  } finally {
    await rm(folder, { recursive: true })
  }
}

async function open(paths: readonly string[]): Promise<LexicalIndex> {
  const parts: SealedPart[] = []
  for (const path of paths) {
    parts.push({ arrays: await readSegment(await readFile(path)), removed: [] })
  }
  return createLexicalIndex({ parts })
}
