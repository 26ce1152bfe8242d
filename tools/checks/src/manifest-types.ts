import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Manifest } from './manifests.ts'
import { ROOT } from './repository.ts'

const TYPES = dirname(createRequire(import.meta.url).resolve('kubernetes-types/package.json'))
const COMPILER = join(ROOT, 'node_modules/typescript-7/bin/tsc')
const OPTIONS = [
  ['--noEmit', '--strict', '--skipLibCheck', '--pretty', 'false', '--types', ''],
  ['--module', 'preserve', '--moduleResolution', 'bundler', '--target', 'es2022'],
].flat()

/**
 * What the API of Kubernetes 1.30 would refuse: unknown and missing fields, wrong types, APIs that do
 * not exist. Each manifest becomes a literal of its type, and the compiler is asked.
 */
export function typeProblems(manifests: readonly Manifest[]): string[] {
  const known = manifests.filter((manifest) => existsSync(typesOf(manifest)))
  const unknown = manifests
    .filter((manifest) => !known.includes(manifest))
    .map(({ path, apiVersion, kind }) => `${path}: there is no ${kind} in ${apiVersion}`)

  const lines = known.flatMap((manifest) => literalOf(manifest))
  const messages = compile(lines.map(({ text }) => text).join('\n'))
  return [
    ...unknown,
    ...messages.map(({ line, message }) => {
      const at = lines[line - 1]
      return `${at?.manifest.path} ${at?.manifest.kind} ${at?.manifest.name}: ${at?.text.trim().slice(0, 60)}: ${message}`
    }),
  ]
}

/** `apps/v1` is `apps/v1.d.ts`, `networking.k8s.io/v1` is `networking/v1.d.ts`, `v1` is in `core`. */
function typesOf({ apiVersion }: Manifest): string {
  const [group = '', version] = apiVersion.split('/')
  const folder = version ? (group.split('.')[0] ?? '') : 'core'
  return join(TYPES, folder, `${version ?? group}.d.ts`)
}

function literalOf(manifest: Manifest) {
  const from = JSON.stringify(typesOf(manifest).replace(/\.d\.ts$/, ''))
  const [, ...rest] = JSON.stringify(manifest.content, null, 1).split('\n')
  const head = `{ const manifest: import(${from}).${manifest.kind} = {`
  return [head, ...rest.slice(0, -1), '} }'].map((text) => ({ text, manifest }))
}

function compile(text: string): { line: number; message: string }[] {
  const folder = mkdtempSync(join(tmpdir(), 'dure-manifests-'))
  try {
    const file = join(folder, 'manifests.ts')
    writeFileSync(file, `${text}\nexport {}\n`)
    const output = outputOf(folder, [COMPILER, ...OPTIONS, file])
    const found = [...output.matchAll(/manifests\.ts\((\d+),\d+\): error TS\d+: (.*)/g)]
    if (output.trim() !== '' && found.length === 0) throw new Error(output)
    return found.map(([, line, message = '']) => ({ line: Number(line), message }))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The compiler exits with 1 or 2 when it has found something: that is an answer, and no failure. */
function outputOf(cwd: string, args: readonly string[]): string {
  try {
    return execFileSync(process.execPath, args, { cwd, encoding: 'utf8', timeout: 60_000 })
  } catch (error) {
    const { status, stdout, stderr } = error as { status?: number; stdout: string; stderr: string }
    if (status !== 1 && status !== 2) throw error
    return stdout || stderr
  }
}
