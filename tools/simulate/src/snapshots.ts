import type { RunId } from '@dure/contracts'
import { stateAfter } from './check/replay.ts'
import type { World } from './world.ts'

/** A snapshot is a cache: here and there one is taken, or is lost, and nothing may come of it. */
export function meddleWithSnapshots({ random, database, counts }: World, runId: RunId): void {
  const record = database.runs.get(runId)
  if (!record || !random.chance(0.06)) return
  const isTaken = record.snapshot === undefined || random.chance(0.5)
  const name = isTaken ? 'snapshot' : 'forgotten'
  counts.set(name, (counts.get(name) ?? 0) + 1)
  record.snapshot = isTaken
    ? { version: record.events.length, state: JSON.stringify(stateAfter(record.events)) }
    : undefined
}
