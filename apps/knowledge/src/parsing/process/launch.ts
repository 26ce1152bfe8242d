import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { ParseLimits } from '../parsed.ts'

export interface LaunchOptions {
  /** Of all its memory; V8 gets half of it for objects. */
  readonly memoryMb: number
  /** CPU seconds of its whole life, so that one whose parent was killed does not run for ever. */
  readonly cpuSeconds: number
  /** Of images, where the operator has chosen others. */
  readonly scans?: Partial<Pick<ParseLimits, 'maxScannedPages' | 'maxOcrMs'>>
  /** Tests start other programs in the same cage. */
  readonly entry?: string
}

/**
 * Starts a parser process: Node with the permission to read its own code and packages and for
 * nothing else (no file, no process, no thread, no addon), with no environment and no arguments of
 * a user. Where there is a shell, the system limits its CPU time too.
 */
export function launch({
  memoryMb,
  cpuSeconds,
  scans = {},
  entry = ENTRY,
}: LaunchOptions): ChildProcess {
  const args = [
    '--permission',
    ...readable(entry).map((path) => `--allow-fs-read=${path}`),
    `--max-old-space-size=${Math.ceil(memoryMb / 2)}`,
    '--disallow-code-generation-from-strings',
    '--no-warnings',
    entry,
    JSON.stringify(scans),
  ]
  const [command, ...prefix] = existsSync(SHELL)
    ? [SHELL, '-c', `ulimit -c 0 -t ${cpuSeconds}; exec "$0" "$@"`, process.execPath]
    : [process.execPath]
  return spawn(command as string, [...prefix, ...args], {
    env: {},
    cwd: dirname(entry),
    // Of what it says beside its answers only the end is kept, for the log.
    stdio: ['pipe', 'ignore', 'pipe', 'pipe'],
  })
}

/** What the parsers are made of; where these lie, so do those that they need. */
const PACKAGES = ['htmlparser2', 'pdfjs-dist', 'tesseract.js-core', 'yauzl']
const SHELL = '/bin/sh'
const HERE = fileURLToPath(import.meta.url)
// As a source file beside this one, or as a file of a build beside the service.
const ENTRY = join(dirname(HERE), HERE.endsWith('.ts') ? 'parser-process.ts' : 'parser-process.js')

function readable(entry: string): string[] {
  const source = HERE.endsWith('.ts') ? dirname(dirname(HERE)) : dirname(HERE)
  const { resolve } = createRequire(HERE)
  const packages = PACKAGES.map((name) => upTo('node_modules', dirname(resolve(name))))
  return [source, ...new Set(packages)].map((folder) => join(folder, '*')).concat(scopeOf(entry))
}

function upTo(name: string, folder: string): string {
  return basename(folder) === name ? folder : upTo(name, dirname(folder))
}

/** The manifest that says which kind of modules the files below it are. */
function scopeOf(path: string): string {
  const folder = dirname(path)
  const manifest = join(folder, 'package.json')
  return existsSync(manifest) || folder === path ? manifest : scopeOf(folder)
}
