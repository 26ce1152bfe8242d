import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe } from 'vitest'
import { createExternalStore } from '../external/external-store.ts'
import { conformance } from '../testing/conformance.ts'
import { createLanceEngine } from './engine.ts'
import { loadLance } from './rows.ts'

const uri = await mkdtemp(join(tmpdir(), 'dure-lancedb-'))
afterAll(() => rm(uri, { recursive: true }))

describe('the store in LanceDB', () => {
  conformance(async (parts) => {
    const engine = await createLanceEngine(await loadLance(), { uri })
    return createExternalStore({ ...parts, engine, budgetBytes: 64 * 1024 * 1024 })
  })
})
