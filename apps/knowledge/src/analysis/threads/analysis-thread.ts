// A thread of its own: analyses what it is sent, and answers in the same order.
import { parentPort, workerData } from 'node:worker_threads'
import { createAnalyzer } from '@dure/retrieval'
import { type PassageText, termsOf } from '../passage-terms.ts'

const analyzer = createAnalyzer(workerData)

parentPort?.on('message', (passages: readonly PassageText[]) => {
  parentPort?.postMessage(passages.map((passage) => termsOf(analyzer, passage)))
})
