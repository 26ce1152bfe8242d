import { withDeadline } from '@dure/kernel'
import type { Engine } from './engine.ts'

/** Somebody waits for it. */
const SEARCH_MS = 10_000
const WRITE_MS = 60_000
/** Whoever tidies up reads all rows of a base. */
const TIDY_MS = 10 * 60_000

/** No call of an engine is waited for without end: one that hangs fails, and what it was part of is tried again. */
export function timely(
  engine: Engine,
  { searchMs = SEARCH_MS, writeMs = WRITE_MS, tidyMs = TIDY_MS } = {},
): Engine {
  const within = <Result>(timeoutMs: number, what: string, work: () => Promise<Result>) =>
    withDeadline({ timeoutMs, code: 'retrieval-store.slow', what }, work)
  return {
    epoch: () => within(searchMs, 'The state of the engine', () => engine.epoch()),
    add: (...of) => within(writeMs, 'To add passages', () => engine.add(...of)),
    remove: (...of) => within(writeMs, 'To remove passages', () => engine.remove(...of)),
    rowsOf: (...of) => within(writeMs, 'To read passages', () => engine.rowsOf(...of)),
    byTerms: (...of) => within(searchMs, 'A search by words', () => engine.byTerms(...of)),
    byVector: (...of) => within(searchMs, 'A search by vector', () => engine.byVector(...of)),
    vectorsOf: (...of) => within(searchMs, 'To read vectors', () => engine.vectorsOf(...of)),
    forget: (base) => within(writeMs, 'To forget a base', () => engine.forget(base)),
    tidy: (base) => within(tidyMs, 'To tidy up a base', () => engine.tidy(base)),
    close: () => engine.close(),
  }
}
