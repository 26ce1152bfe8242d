// A process of its own, bundled like the service, by the benchmark of its memory: `node memory-process.js THREADS TEXT_FILE`.
import { readFileSync } from 'node:fs'
import { createAnalyzer, loadDictionary } from '@dure/retrieval'
import type { PassageText } from '../../passage-terms.ts'
import { createThreadPool } from '../thread-pool.ts'

const [threads = 0, file = ''] = [Number(process.argv[2]), process.argv[3]]
/** As ingestion sends them. */
const PASSAGES = 20
const LENGTH = 800
/** Of each thread: 8 million characters, so that its heap is as large as it becomes. */
const TASKS = 500
/** No neighbour of what was cut before: words are cut, too, and become others. */
const STEP = 397

const text = readFileSync(file, 'utf8')
let at = 0

function passage(): PassageText {
  at = (at + STEP) % (text.length - LENGTH)
  return { headings: ['환불 규정'], text: text.slice(at, at + LENGTH) }
}

async function analyse(): Promise<void> {
  const pool = createThreadPool({ size: threads })
  for (let task = 0; task < TASKS; task++) {
    await Promise.all(
      Array.from({ length: threads }, () =>
        pool.run({ passages: Array.from({ length: PASSAGES }, passage) }),
      ),
    )
  }
}

// The one that answers questions has an analyzer, too.
createAnalyzer(await loadDictionary()).terms('환불 규정')
if (threads > 0) await analyse()
const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]
process.stdout.write(`${Math.round(Number(kilobytes) / 1024)}\n`, () => process.exit())
