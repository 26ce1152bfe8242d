import { resolve } from 'node:path'
import { jsonOf, writeQuietly } from '../write.ts'
import { judged } from './targets.ts'

interface Named {
  readonly name: string
}

export interface Results {
  /** Measures some rows, shows and keeps them. When that fails it says so, and the others go on. */
  attempt<Row extends Named>(
    name: string,
    measure: () => Promise<readonly Row[]>,
  ): Promise<readonly Row[]>
  /** Those that have failed. */
  readonly failed: readonly string[]
}

/** @param json a file with all rows so far, after each measurement */
export function createResults(json: string | undefined): Results {
  const all: object[] = []
  const failed: string[] = []
  const keep = (rows: readonly object[]) => {
    all.push(...rows)
    if (json !== undefined) writeQuietly(resolve(json), jsonOf(all))
  }
  return {
    failed,
    async attempt(name, measure) {
      console.error(`measured now: ${name}`)
      try {
        const rows = await measure()
        const shown = rows.map(judged)
        console.table(shown)
        keep(shown)
        return rows
      } catch (error) {
        console.error(error)
        failed.push(name)
        keep([{ name, error: error instanceof Error ? error.message : String(error), met: false }])
        return []
      }
    },
  }
}
