import type { Config } from '../../config.ts'
import { createLanceEngine } from '../lancedb/engine.ts'
import { loadLance } from '../lancedb/rows.ts'
import { openMilvus } from '../milvus/engine.ts'
import type { Engine } from './engine.ts'
import { timely } from './timely.ts'

type Settings = Pick<Config, 'RETRIEVAL_STORE' | 'LANCEDB_URI' | 'MILVUS_ADDRESS' | 'MILVUS_TOKEN'>

/**
 * The engine that the operator has chosen; undefined: the indexes of this process.
 *
 * @throws StoreSettingError with the setting that is to be mended
 */
export async function connectEngine(config: Settings): Promise<Engine | undefined> {
  switch (config.RETRIEVAL_STORE) {
    case 'lancedb':
      return timely(await connectLance(config.LANCEDB_URI))
    case 'milvus':
      return timely(await connectMilvus(config.MILVUS_ADDRESS, config.MILVUS_TOKEN))
    default:
      return undefined
  }
}

class StoreSettingError extends Error {
  override readonly name = 'StoreSettingError'
}

async function connectLance(uri: string): Promise<Engine> {
  if (uri === '') throw new StoreSettingError('RETRIEVAL_STORE is lancedb: set LANCEDB_URI')
  const lance = await loadLance().catch((cause: unknown) => {
    const hint = 'install @lancedb/lancedb and apache-arrow, or choose another RETRIEVAL_STORE'
    throw new StoreSettingError(`RETRIEVAL_STORE is lancedb, which is not installed: ${hint}`, {
      cause,
    })
  })
  return createLanceEngine(lance, { uri }).catch((cause: unknown) => {
    throw new StoreSettingError('LANCEDB_URI leads to nothing that can be opened', { cause })
  })
}

async function connectMilvus(address: string, token: string): Promise<Engine> {
  if (address === '') throw new StoreSettingError('RETRIEVAL_STORE is milvus: set MILVUS_ADDRESS')
  const milvus = await import('@zilliz/milvus2-sdk-node').catch((cause: unknown) => {
    const hint = 'install @zilliz/milvus2-sdk-node, or choose another RETRIEVAL_STORE'
    throw new StoreSettingError(`RETRIEVAL_STORE is milvus, which is not installed: ${hint}`, {
      cause,
    })
  })
  return openMilvus(milvus, { address, token }).catch((cause: unknown) => {
    throw new StoreSettingError('MILVUS_ADDRESS leads to no Milvus, or MILVUS_TOKEN is wrong', {
      cause,
    })
  })
}
