import { until } from '@dure/system-test/system'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { ATTACKS } from './attacks/index.ts'
import { openStage } from './attacks/stage.ts'
import { NEVER_GOOD } from './fuzz/unreached.ts'
import { authorize } from './matrix/authorize.ts'
import { OTHERS } from './matrix/cell.ts'
import { findingText, fuzzWorld } from './session.ts'
import { toldSoFar } from './webhooks.ts'
import { startWorld, type World } from './world.ts'

// Processes are started here, on machines that may be slow.
vi.setConfig({ testTimeout: 300_000 })

const FUZZED = Number(process.env.CONFORMANCE_REQUESTS ?? 1500)
/** Of the matrix: twice as many as it takes. */
const MOST_REQUESTS = 15_000
/** The same requests each time: who changes something else does not find an old mistake. */
const SEED = 1

let world: World
let stage: Awaited<ReturnType<typeof openStage>>
beforeAll(async () => {
  world = await startWorld()
  stage = await openStage(world)
}, 300_000)
afterAll(async () => {
  await stage?.close()
  await world?.close()
})

test('no request that its description allows, or forbids, breaks a promise of an answer', async () => {
  const options = { requests: FUZZED, seed: SEED, lanes: 2, only: /./ }
  const { findings, tally } = await fuzzWorld(world, options, () => {})

  expect(findings.map(findingText).join('\n\n')).toBe('')
  expect(tally.total()).toBeGreaterThanOrEqual(FUZZED)
  const known = world.operations.map(({ operationId }) => operationId)
  expect(known).toEqual(expect.arrayContaining(Object.keys(NEVER_GOOD)))
})

test('what is told to others is as it is described', async () => {
  await until(() => toldSoFar(world).types.size >= 3, 'some events are told')

  expect(toldSoFar(world).findings).toEqual([])
})

test('nobody gets further than its key allows, and an id of others is one that does not exist', async () => {
  const { rows, findings, requests } = await authorize(world, () => {})

  expect(findings).toEqual([])
  // It is part of every run of the tests.
  expect(requests).toBeLessThan(MOST_REQUESTS)
  const tried = rows.flatMap(({ byPlace }) => byPlace.flatMap(({ foreign }) => foreign))
  const strangers = rows.flatMap(({ byPlace }) => byPlace.flatMap(({ asked }) => asked ?? []))
  expect(strangers.length).toBeGreaterThan(100)
  for (const other of OTHERS) {
    expect(tried.filter(({ of }) => of === other).length).toBeGreaterThan(100)
  }
})

test.each(Object.entries(ATTACKS))('%s of docs/security.md is refused', async (_name, attack) => {
  expect(await attack(stage)).toEqual([])
})
