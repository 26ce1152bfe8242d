// A thread of its own: runs the programs that it is sent, one after the other.
import { parentPort, workerData } from 'node:worker_threads'
import { loadInterpreter } from './interpreter.ts'
import type { Program } from './program.ts'

const interpreter = await loadInterpreter(workerData.memoryBytes)

// What is thrown here ends the thread: an interpreter that broke is not used again.
parentPort?.on('message', (program: Program) => {
  parentPort?.postMessage(interpreter.run(program))
})
parentPort?.postMessage('ready')
