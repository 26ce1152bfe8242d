import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const MAX_OUTPUT_BYTES = 50_000_000

/** A hook of git, which may have started this, says which repository it is about: not this one. */
export const GIT_ENVIRONMENT = {
  ...process.env,
  GIT_DIR: undefined,
  GIT_WORK_TREE: undefined,
  GIT_INDEX_FILE: undefined,
}

/** @throws when it says no, or is not there */
export async function git(root: string, ...args: readonly string[]): Promise<string> {
  const options = { cwd: root, env: GIT_ENVIRONMENT, maxBuffer: MAX_OUTPUT_BYTES }
  const { stdout } = await promisify(execFile)('git', args, options)
  return stdout.trim()
}

/** @returns null when it says no, or is not there */
export function askGit(root: string, ...args: readonly string[]): Promise<string | null> {
  return git(root, ...args).catch(() => null)
}
