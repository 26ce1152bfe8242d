import { beforeAll, describe, expect, test } from 'vitest'
import { evolve } from '../run/evolve.ts'
import { fromSnapshot, toSnapshot } from '../run/snapshot.ts'
import { absentRun } from '../run/state.ts'
import { commitsOf } from './history.ts'
import { replay } from './replay.ts'
import { goldenHistories, recordHistories, summaryOf } from './testing/golden-histories.ts'
import { nameOf } from './testing/play-out.ts'
import { SCENARIOS } from './testing/scenarios.ts'

// What is there stays: events of a new version are recorded by a scenario with a new name.
if (process.env.GOLDEN === 'write') recordHistories()

const histories = goldenHistories()

test('there is a history of each scenario', () => {
  expect(histories.map(({ name }) => name)).toEqual(expect.arrayContaining(Object.keys(SCENARIOS)))
})

describe.each(histories)('the recorded history "$name"', (golden) => {
  const { plan, run, history, payloads, summary } = golden
  const state = absentRun()
  beforeAll(() => {
    for (const { event } of history) evolve(state, event)
  })

  test('adds up to what it did when it was recorded', () => {
    expect(summaryOf(state, golden)).toEqual(summary)
  })

  test('is decided in the same way by this build', () => {
    const commits = commitsOf(history).map((commit) => commit.map(({ event }) => event))
    expect(replay({ plan, run, commits, sha256: nameOf, payloads })).toMatchObject({
      identical: true,
      differences: [],
      status: state.phase,
    })
  })

  test('adds up to the same with a snapshot at any place', () => {
    for (const cut of history.keys()) {
      const before = absentRun()
      for (const { event } of history.slice(0, cut)) evolve(before, event)
      const after = fromSnapshot(JSON.parse(JSON.stringify(toSnapshot(before))))
      for (const { event } of history.slice(cut)) evolve(after, event)
      expect([cut, summaryOf(after, golden)]).toEqual([cut, summary])
    }
  })
})
