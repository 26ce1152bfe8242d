import type { RunEvent } from '@dure/contracts'
import { isPayloadRef } from '../run/decision.ts'
import { pathOf } from '../run/evolve.ts'
import type { RunState } from '../run/state.ts'

export interface Difference {
  /** Of a node; empty for the run itself. */
  readonly path: string
  /** `status`, `port`, `data/items/3`: the place where the two first differ. */
  readonly field: string
  /** What stands there; left out where it is long. Absent: nothing. */
  readonly recorded?: unknown
  readonly replayed?: unknown
}

/** So many are told; more say nothing new. */
const MAX_DIFFERENCES = 100
const MAX_SHOWN_CHARACTERS = 2000

/** What is compared of a node. */
type Reached = Readonly<Record<string, unknown>>
type Payloads = Pick<ReadonlyMap<string, unknown>, 'get'>

export interface Telling {
  readonly events: readonly RunEvent[]
  readonly state: RunState
}

/** Where two tellings of the same run differ, in the order in which the first one got there. */
export function differencesOf(
  recorded: Telling,
  replayed: Telling,
  payloads: Payloads,
): Difference[] {
  const [before, after] = [reachedIn(recorded), reachedIn(replayed)]
  const found: Difference[] = []
  for (const path of new Set([...before.keys(), ...after.keys()])) {
    const [one, other] = [before.get(path) ?? {}, after.get(path) ?? {}]
    for (const field of new Set([...Object.keys(one), ...Object.keys(other)])) {
      if (found.length >= MAX_DIFFERENCES) return found
      const difference = firstDifference(field, one[field], other[field], payloads)
      if (difference) found.push({ path, ...difference })
    }
  }
  return found
}

/** How far each node has come in the end; the run itself comes last. */
function reachedIn({ events, state }: Telling): Map<string, Reached> {
  const reached = new Map<string, Reached>()
  for (const event of events) {
    const at = reachedBy(event)
    if (at) reached.set(at.path, at.what)
  }
  const { phase, output, error } = state
  return reached.set('', { status: phase, output, error })
}

function reachedBy(event: RunEvent): { path: string; what: Reached } | undefined {
  switch (event.type) {
    case 'node.completed': {
      const { port, data, vars } = event
      return { path: pathOf(event), what: { status: 'completed', port, data, vars } }
    }
    case 'node.failed': {
      const { error, handled, data } = event
      return { path: pathOf(event), what: { status: 'failed', error, handled, data } }
    }
    case 'node.scheduled':
    case 'node.started':
    case 'node.retrying':
    case 'node.needs-review':
    case 'node.skipped':
    case 'node.cancelled':
      return { path: pathOf(event), what: { status: event.type.slice('node.'.length) } }
    default:
      return undefined
  }
}

/** The place where two JSON values differ; of references, their content is compared. */
function firstDifference(
  field: string,
  recorded: unknown,
  replayed: unknown,
  payloads: Payloads,
): Omit<Difference, 'path'> | undefined {
  if (Object.is(recorded, replayed)) return undefined
  const [one, other] = [contentOf(recorded, payloads), contentOf(replayed, payloads)]
  if (Object.is(one, other)) return undefined
  if (!isObject(one) || !isObject(other) || Array.isArray(one) !== Array.isArray(other)) {
    return { field, ...shown('recorded', one), ...shown('replayed', other) }
  }
  for (const key of new Set([...Object.keys(one), ...Object.keys(other)])) {
    const place = `${field}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`
    const difference = firstDifference(place, one[key], other[key], payloads)
    if (difference) return difference
  }
  return undefined
}

function contentOf(value: unknown, payloads: Payloads): unknown {
  return isPayloadRef(value) ? (payloads.get(value.$payload) ?? value) : value
}

function shown(name: 'recorded' | 'replayed', value: unknown) {
  if (value === undefined) return {}
  const isLong = (JSON.stringify(value) ?? '').length > MAX_SHOWN_CHARACTERS
  return { [name]: isLong ? '… too long to be shown' : value }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
