import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe } from 'vitest'
import type { Engine } from '../external/engine.ts'
import { createExternalStore } from '../external/external-store.ts'
import { conformance } from '../testing/conformance.ts'
import { createLanceEngine } from './engine.ts'
import { loadLance } from './rows.ts'

const uri = await mkdtemp(join(tmpdir(), 'dure-lancedb-'))
afterAll(() => rm(uri, { recursive: true }))

describe.each([
  ['tidied up now and then', false],
  ['tidied up at once', true],
])('the store in LanceDB, %s,', (_, isTidy) => {
  conformance(async (parts) => {
    const engine = await createLanceEngine(await loadLance(), { uri })
    const add: Engine['add'] = async (base, rows) => {
      await engine.add(base, rows)
      if (isTidy) await engine.tidy(base)
    }
    const budgetBytes = 64 * 1024 * 1024
    return createExternalStore({ ...parts, engine: { ...engine, add }, budgetBytes })
  })
})
