import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ManyRuns, manyRuns } from '../testing/many-runs.ts'
import { createAdmissionStore } from './admission-store.ts'

let many: ManyRuns
beforeAll(async () => {
  many = await manyRuns()
})
afterAll(() => many.close())

describe('what a project has under way', () => {
  test('is counted without reading what has ended', async () => {
    const store = createAdmissionStore(many.pool)

    const read = await many.rowsRead(async () =>
      expect(await store.load(many.tenant)).toEqual({ running: 5, queued: 5 }),
    )

    expect(read).toBe(10)
  })

  test('by one trigger is found without reading what has ended', async () => {
    const store = createAdmissionStore(many.pool)

    const read = await many.rowsRead(async () =>
      expect(await store.withTrigger(many.tenant, 't7', { limit: 1 })).toMatchObject([
        { status: 'running' },
      ]),
    )

    expect(read).toBe(10)
  })
})
