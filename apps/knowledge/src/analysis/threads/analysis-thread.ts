// A thread of its own: analyses what it is sent, and answers in the same order.
import { parentPort, workerData } from 'node:worker_threads'
import { createAnalyzer } from '@dure/retrieval'
import { type AnalysisTask, termsOf } from '../passage-terms.ts'

const analyzer = createAnalyzer(workerData)

parentPort?.on('message', ({ passages, words }: AnalysisTask) => {
  const own = words ? analyzer.withWords(words) : analyzer
  parentPort?.postMessage(passages.map((passage) => termsOf(own, passage)))
})
