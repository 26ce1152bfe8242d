import * as milvus from '@zilliz/milvus2-sdk-node'
import { describe, test, vi } from 'vitest'
import { createExternalStore } from '../external/external-store.ts'
import { conformance } from '../testing/conformance.ts'
import { openMilvus } from './engine.ts'

const { MILVUS_ADDRESS: address = '', MILVUS_TOKEN: token = '' } = process.env

describe('the store in Milvus', () => {
  if (address === '') test.skip('skipped: no Milvus (set MILVUS_ADDRESS)')
  else {
    // Of a small Milvus on a busy machine, a request takes half a second.
    vi.setConfig({ testTimeout: 300_000 })
    conformance(async (parts) => {
      const engine = await openMilvus(milvus, { address, token })
      return createExternalStore({ ...parts, engine, budgetBytes: 64 * 1024 * 1024 })
    })
  }
})
