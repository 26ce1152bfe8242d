import { WAIT_KINDS } from '@dure/contracts'
import { describe, expect, it } from 'vitest'
import type { StoreCalls } from './memory-store.ts'
import { runSeed, type SeedReport } from './seed.ts'
import { createSummary, failureText } from './summary.ts'

const SEEDS = 200

async function reports(spoil: (calls: StoreCalls) => StoreCalls): Promise<SeedReport[]> {
  const all: SeedReport[] = []
  for (let seed = 1; seed <= 25; seed++) all.push(await runSeed(seed, { spoil }))
  return all
}

function failing(all: readonly SeedReport[], what: RegExp): number {
  return all.filter(({ violations }) => violations.some((one) => what.test(one))).length
}

describe('the engine', () => {
  it(`keeps its promises with ${SEEDS} seeds, in which everything happens that can`, async () => {
    const summary = createSummary()
    for (let seed = 1; seed <= SEEDS; seed++) {
      const report = await runSeed(seed)
      summary.add(report)
      expect(report.violations, failureText(report, false)).toEqual([])
    }
    const { seen, faults, events } = summary.total(0)
    expect(events).toBeGreaterThan(20 * SEEDS)
    expect(Object.keys(seen)).toEqual(expect.arrayContaining(MUST_HAPPEN))
    const kinds = ['crash', 'zombie', 'refused', 'lostAnswer', 'slow', 'lostMessage', 'twice']
    const others = ['delayed', 'wipe', 'executor', 'snapshot', 'forgotten']
    expect(Object.keys(faults)).toEqual(expect.arrayContaining([...kinds, ...others]))
  }, 120_000)

  it('does the same whenever the seed is the same', async () => {
    for (const seed of [3, 14, 15]) {
      const [one, other] = [await runSeed(seed), await runSeed(seed)]
      expect(other.digest).toBe(one.digest)
      expect(other.lines).toEqual(one.lines)
    }
    expect((await runSeed(3)).digest).not.toBe((await runSeed(14)).digest)
  })
})

const MUST_HAPPEN = [
  ...['run.queued', 'run.paused', 'run.resumed', 'run.retried', 'run.signalled'],
  ...['run.completed', 'run.failed', 'run.cancelled', 'run.timed_out'],
  ...WAIT_KINDS.map((kind) => {
    if (kind === 'task') return 'node.scheduled'
    return `node.${kind === 'in-place' || kind === 'body' ? 'started' : 'scheduled'}:${kind}`
  }),
  ...['node.retrying', 'node.failed', 'node.skipped', 'node.cancelled', 'iteration.completed'],
  ...['node.needs-review', 'node.reviewed', 'approval.decided', 'approval.escalated'],
]

describe('what is broken is found:', () => {
  it('a store that lets a change pass that is based on something else', async () => {
    const all = await reports((calls) => ({
      ...calls,
      commit(change) {
        const version = calls.load(change.run.id)?.row.version ?? 0
        return calls.commit({ ...change, expectedVersion: version })
      },
    }))
    expect(failing(all, /which is completed|of attempt|has had|events stored/)).toBeGreaterThan(3)
  })

  it('a store that forgets what it said it had stored', async () => {
    const all = await reports((calls) => ({
      ...calls,
      post: (runId, tenant, item) => item.id.endsWith('1') || calls.post(runId, tenant, item),
    }))
    expect(failing(all, /was said to be stored/)).toBeGreaterThan(3)
  })

  it('a store that forgets the events of a change', async () => {
    const all = await reports((calls) => ({
      ...calls,
      commit: (change) => calls.commit({ ...change, events: change.events.slice(0, 3) }),
    }))
    expect(failing(all, /./)).toBeGreaterThan(10)
  })

  it('a store whose timers are lost', async () => {
    const all = await reports((calls) => ({
      ...calls,
      commit: (change) => calls.commit({ ...change, wakeAt: null }),
    }))
    expect(failing(all, /has not ended/)).toBeGreaterThan(1)
  })

  it('a store that forgets whom a run has asked', async () => {
    const all = await reports((calls) => ({
      ...calls,
      commit: (change) => calls.commit({ ...change, tasks: change.tasks.slice(1) }),
    }))
    expect(failing(all, /has an event and no row/)).toBeGreaterThan(10)
  })

  it('a store that keeps results that nobody waits for any more', async () => {
    const all = await reports((calls) => ({
      ...calls,
      commit: (change) => calls.commit({ ...change, cancelled: [] }),
    }))
    expect(failing(all, /is left open by the end/)).toBeGreaterThan(1)
  })
})
