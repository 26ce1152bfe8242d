import type { Violation } from './checks/history.ts'
import type { Call } from './client.ts'

/** How often requests of callers went wrong, and how. */
export interface Tally {
  add(call: Call, why: string): void
  /** Each request, and what its caller was told. */
  readonly failures: readonly string[]
  /** By what the caller was told. */
  reasons(): ReadonlyMap<string, number>
  /** What nobody may be told, whatever is down: then something was not foreseen. */
  violations(): Violation[]
}

export function createTally(): Tally {
  const failures: string[] = []
  return {
    failures,
    add({ method, path }, why) {
      failures.push(`${method} ${path.replaceAll(/_[0-9a-f]{32}/g, '_…')}: ${why}`)
    },
    reasons: () => counted(failures.map((failure) => failure.slice(failure.indexOf(': ') + 2))),
    violations: () =>
      [...counted(failures.filter((failure) => failure.includes(': 500 ')))].map(
        ([what, times]) => ({ kind: 'illegal', runId: null, what: `${what}, ${times} times` }),
      ),
  }
}

function counted(texts: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1)
  return counts
}
