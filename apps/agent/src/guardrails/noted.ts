import type { Finding } from '@dure/kernel'

export type Side = 'input' | 'output' | 'tool-arguments' | 'tool-result'

/** What rules have found and let go on, redacted or as it is: never the words themselves. */
export interface Noted extends Pick<Finding, 'check' | 'kind' | 'action'> {
  readonly on: Side
  readonly count: number
}

/** Kinds are few; of names that authors give to their own expressions there may be more. */
const MAX_NOTED = 50

/** Findings of one kind are one line. */
export function notedOn(on: Side, findings: readonly Finding[]): Noted[] {
  const lines = new Map<string, Noted>()
  for (const { check, kind, action } of findings) {
    const key = `${check} ${action} ${kind}`
    lines.set(key, { check, kind, action, on, count: (lines.get(key)?.count ?? 0) + 1 })
  }
  return [...lines.values()].slice(0, MAX_NOTED)
}
