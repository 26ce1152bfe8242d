import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ManyRuns, manyRuns } from '../testing/many-runs.ts'
import { createOptimizerStore } from './store.ts'

let many: ManyRuns
beforeAll(async () => {
  many = await manyRuns()
})
afterAll(() => many.close())

test('the last runs of a version are found among many others by an index', async () => {
  const store = createOptimizerStore(many.pool, { readPayloads: async () => new Map() })

  const read = await many.rowsRead(async () => {
    const { leftOut } = await store.readRuns(many.tenant, 'v7', 50)
    // They have no events here, so that none of them is of use.
    expect(leftOut).toBe(50)
  })

  expect(read).toBeLessThanOrEqual(100)
})
