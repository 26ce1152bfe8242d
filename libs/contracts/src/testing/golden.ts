import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'

const FOLDER = new URL('../golden/', import.meta.url)
/** Adds what is missing, and never changes what is there. */
export const isWriting = process.env.GOLDEN === 'write'

export interface GoldenFile {
  /** `node.completed` */
  readonly name: string
  readonly version: number
  readonly path: string
}

/** Files named `<name>.v<version>.json`. */
export function goldenFiles(group: string): GoldenFile[] {
  return readdirSync(new URL(`${group}/`, FOLDER)).map((path) => {
    const [, name, version] = path.match(/^(.+)\.v(\d+)\.json$/) ?? []
    if (!name || !version) throw new Error(`${group}/${path} is not named as a golden file`)
    return { name, version: Number(version), path }
  })
}

export function readGolden<Content>(group: string, path: string): Content {
  return JSON.parse(readFileSync(new URL(`${group}/${path}`, FOLDER), 'utf8'))
}

export function writeGolden(group: string, path: string, content: object): void {
  mkdirSync(new URL(`${group}/`, FOLDER), { recursive: true })
  writeFileSync(new URL(`${group}/${path}`, FOLDER), `${JSON.stringify(content, null, 2)}\n`)
}

/** Whether there is one, finished or not. */
export function hasGolden(group: string, path: string): boolean {
  return existsSync(new URL(`${group}/${path}`, FOLDER))
}

const FOR_PEOPLE = new Set(['$id', 'description', 'examples', 'title'])

/** What a schema demands, in one form: words for people are left out, and keys have an order. */
export function canonicalSchema(schema: unknown): unknown {
  return canonical(JSON.parse(JSON.stringify(schema)), false)
}

function canonical(value: unknown, namesAreFields: boolean): unknown {
  if (Array.isArray(value)) return value.map((item) => canonical(item, false))
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value)
    .filter(([key]) => namesAreFields || !FOR_PEOPLE.has(key))
    .map(
      ([key, inner]) => [key, namesAreFields ? canonical(inner, false) : part(key, inner)] as const,
    )
  return Object.fromEntries(entries.sort(([one], [other]) => (one < other ? -1 : 1)))
}

function part(key: string, value: unknown): unknown {
  if (key === 'required' && Array.isArray(value)) return value.toSorted()
  return canonical(value, key === 'properties')
}

export function schemaHash(schema: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify(canonicalSchema(schema)))
    .digest('hex')
}
