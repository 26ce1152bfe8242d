import type { Pool } from '../fuzz/pool.ts'
import type { Call } from './call.ts'

/** What agents are tested with. */
export async function prepareDatasets(call: Call, pool: Pool, name: string): Promise<void> {
  await call('POST', '/v2/evaluators', { name, config: { kind: 'regex', pattern: '\\d+일' } })
  const dataset = await call('POST', '/v2/datasets', { name })
  if (!dataset) return
  const datasetId = dataset.id
  const cases = [{ input: '환불은 언제 되나요?', expectedOutput: '7일' }]
  const added = await call('POST', `/v2/datasets/${datasetId}/cases`, cases)
  if (!added) return
  const [caseId] = added.ids as string[]
  for (const operation of ['getDatasetCase', 'replaceDatasetCase', 'deleteDatasetCase']) {
    pool.hint(operation, { datasetId, caseId })
  }
}
