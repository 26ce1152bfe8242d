import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const MAX_OUTPUT_BYTES = 50_000_000

/** @returns what it printed; null when it says no, or is not there */
export async function git(root: string, ...args: readonly string[]): Promise<string | null> {
  try {
    const options = { cwd: root, maxBuffer: MAX_OUTPUT_BYTES }
    const { stdout } = await promisify(execFile)('git', args, options)
    return stdout.trim()
  } catch {
    return null
  }
}
