import { runStoreContract } from '@dure/engine/testing'
import { describe, expect, it } from 'vitest'
import { emptyDatabase } from './database.ts'
import { asRunStore, createStoreCalls } from './memory-store.ts'

async function memoryStore() {
  let now = 1_000_000
  const store = asRunStore(createStoreCalls(emptyDatabase(), () => now))
  return {
    store,
    passMs: async (ms: number) => {
      now += ms
    },
  }
}

describe('the store in memory', () => {
  for (const { name, run } of runStoreContract(memoryStore)) it(name, run)
})

describe('the contract', () => {
  it('is not kept by a store without guards', async () => {
    const { store, passMs } = await memoryStore()
    const careless = async () => ({
      store: {
        ...store,
        commit: async (change: Parameters<typeof store.commit>[0]) => {
          const known = await store.load(change.run.id)
          return store.commit({ ...change, expectedVersion: known?.row.version ?? 0 })
        },
        post: async (...args: Parameters<typeof store.post>) => {
          await store.post(...args)
          return true
        },
      },
      passMs,
    })
    const results = await Promise.allSettled(runStoreContract(careless).map(({ run }) => run()))
    const broken = results.filter(({ status }) => status === 'rejected').length
    expect(broken).toBeGreaterThan(5)
  })
})
