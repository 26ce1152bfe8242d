// Stands in for the thread that analyses, and does the worst that one can.
import { parentPort } from 'node:worker_threads'
import type { AnalysisTask } from '../../passage-terms.ts'

parentPort?.on('message', ({ passages }: AnalysisTask) => {
  const [command = ''] = passages.map(({ text }) => text)
  if (command === 'exit') process.exit(1)
  if (command === 'throw') throw new Error('A bug')
  if (command === 'hang') Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
  if (command === 'hoard') hoard()
  parentPort?.postMessage(passages.map(({ text }) => ({ morphemes: text })))
})

function hoard(): never {
  const kept: number[][] = []
  for (;;) kept.push(new Array<number>(1e6).fill(kept.length))
}
