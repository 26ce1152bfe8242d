import { join } from 'node:path'
import { ExampleError, findConnection } from './connection.ts'
import { DEFAULT_QUESTION, runExample } from './example.ts'

const ROOT = join(import.meta.dirname, '../..')

try {
  const question = process.argv.slice(2).join(' ').trim() || DEFAULT_QUESTION
  await runExample({ ...findConnection(process.env, ROOT), question, log: console.log })
} catch (error) {
  console.error(error instanceof ExampleError ? error.message : error)
  process.exitCode = 1
}
