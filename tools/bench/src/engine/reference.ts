/** A peer, where it was measured before with the same shape. */
export interface Reference {
  readonly name: string
  readonly runsPerSecond: { readonly seq10: number; readonly fan20: number }
}

/**
 * 16 clients, ten no-op steps in a row and twenty side by side, 2 cores, PostgreSQL with fsync;
 * measured in process, Restate over HTTP. Not in the same minute as the rows beside them, and by
 * another program: an order of magnitude, no contest.
 */
export const REFERENCES: readonly Reference[] = [
  { name: 'Restate 1.7', runsPerSecond: { seq10: 322, fan20: 265 } },
  { name: 'Mastra', runsPerSecond: { seq10: 160, fan20: 80 } },
  { name: 'DBOS 5.3', runsPerSecond: { seq10: 119, fan20: 55 } },
  { name: 'LangGraph, sync', runsPerSecond: { seq10: 79, fan20: 51 } },
]
