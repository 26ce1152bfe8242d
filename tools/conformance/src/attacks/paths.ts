import { type Pool, referredBy } from '../fuzz/pool.ts'
import type { Operation } from '../openapi/operation.ts'

/** The path of an operation for what the pool has; undefined when it has none of it. */
export function pathFor({ path, parameters }: Operation, pool: Pool): string | undefined {
  const inPath = parameters.filter((one) => one.in === 'path')
  const values = new Map<string, string>()
  for (const { name, schema } of inPath.toReversed()) {
    const prefix = referredBy(schema)
    const above = [...values.values()].map((id) => pool.parentsOf(id)[name]).find(Boolean)
    const own = prefix === undefined ? SAMPLES[name] : pool.all(`id:${prefix}`)[0]
    const value = above ?? own
    if (typeof value !== 'string') return undefined
    values.set(name, value)
  }
  return path.replace(/\{([^}]+)\}/g, (_all, name: string) => values.get(name) ?? '')
}

/** For parameters that are not ids. */
const SAMPLES: Readonly<Record<string, string>> = { number: '1', a: '1', b: '1', type: 'template' }
