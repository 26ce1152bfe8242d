import { createHash } from 'node:crypto'
import type { Effect } from '../world.ts'
import type { History, StoredEvent, Violation } from './history.ts'

/** A time in which a process may have acted on what it knew before. */
export interface Window {
  readonly from: number
  readonly to: number
}

/** A request that was on its way when the result of another attempt was committed. */
const ON_ITS_WAY_MS = 1500

/** What the world saw of one node of one run. */
interface NodeEffects {
  readonly run: History
  readonly path: string
  readonly effects: readonly Effect[]
}

/**
 * Compares what was done to the world with what the runs know of it.
 *
 * @param zombies times in which a process stood still: what it had begun before, it may still send
 */
export function checkEffects(
  runs: readonly History[],
  effects: readonly Effect[],
  zombies: readonly Window[],
): Violation[] {
  const byKey = Map.groupBy(effects, ({ key }) => key)
  const known = new Set<string>()
  const found: Violation[] = []
  for (const run of runs) {
    for (const path of begunPaths(run)) {
      const key = keyOf(run.runId, path)
      known.add(key)
      const node = { run, path, effects: byKey.get(key) ?? [] }
      found.push(...checkOnce(node), ...checkAfterResult(node, zombies), ...checkDone(node))
    }
  }
  for (const [key, [effect]] of byKey) {
    if (known.has(key)) continue
    const what = `${effect?.marker}/${effect?.node} reached the world, but no run knows of it`
    found.push({ kind: 'lost', runId: null, what })
  }
  return found
}

/** The Idempotency-Key of a node, as the documentation of the `http` node says. */
export function keyOf(runId: string, path: string): string {
  return createHash('sha256').update(`${runId}/${path}`).digest('hex')
}

function begunPaths({ events }: History): Set<string> {
  const begun = events.filter(({ type }) => type === 'node.scheduled' || type === 'node.started')
  return new Set(begun.flatMap(({ path }) => (path === undefined ? [] : [path])))
}

/** A write happens once, unless its receiver recognises a repetition or somebody asked for it. */
function checkOnce({ run, path, effects }: NodeEffects): Violation[] {
  const done = effects.filter(({ accepted, method }) => accepted && method !== 'GET')
  const allowed = 1 + run.events.filter((event) => repeats(event, path)).length
  if (done.length <= allowed || done.every(({ idempotent }) => idempotent)) return []
  const attempts = done.map(({ attempt }) => attempt).join(', ')
  const what = `${run.marker}/${path} happened ${done.length} times (attempts ${attempts})`
  return [{ kind: 'duplicated', runId: run.runId, what }]
}

function repeats({ type, path, data }: StoredEvent, of: string): boolean {
  if (type === 'run.retried') return (data.paths as string[]).includes(of)
  return type === 'node.reviewed' && path === of && data.resolution === 'retry'
}

/** What has a recorded result is not executed again. */
function checkAfterResult(
  { run, path, effects }: NodeEffects,
  zombies: readonly Window[],
): Violation[] {
  const result = run.events.findLast(
    (event) => event.path === path && /^node\.(completed|failed)$/.test(event.type),
  )
  if (!result) return []
  const late = effects.find(
    ({ at }) =>
      at > result.at + ON_ITS_WAY_MS && !zombies.some(({ from, to }) => from <= at && at <= to),
  )
  if (!late) return []
  const what = `${run.marker}/${path} was executed ${late.at - result.at} ms after its result`
  return [{ kind: 'duplicated', runId: run.runId, what }]
}

/** Of what is said to have been answered by the world, the world knows. */
function checkDone({ run, path, effects }: NodeEffects): Violation[] {
  const claimed = run.events.some(
    ({ type, path: at, data }) =>
      type === 'node.completed' && at === path && data.nodeType === 'http',
  )
  if (!claimed || effects.length > 0) return []
  const what = `${run.marker}/${path} has an answer of the world, which was never asked`
  return [{ kind: 'lost', runId: run.runId, what }]
}
