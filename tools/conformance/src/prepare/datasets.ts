import type { Pool } from '../fuzz/pool.ts'
import { ASKING_DEFINITION, ASKING_TASK, nameOfAgent } from './agents.ts'
import type { Call } from './call.ts'

/** What agents are tested with. */
export async function prepareDatasets(call: Call, pool: Pool, name: string): Promise<void> {
  const evaluator = await call('POST', '/v2/evaluators', {
    name,
    config: { kind: 'regex', pattern: '\\d+일' },
  })
  const dataset = await call('POST', '/v2/datasets', { name })
  if (!dataset) return
  const datasetId = dataset.id
  const cases = [{ input: '환불은 언제 되나요?', expectedOutput: '7일' }]
  const added = await call('POST', `/v2/datasets/${datasetId}/cases`, cases)
  if (!added) return
  const [caseId] = added.ids as string[]
  pool.learn(await call('GET', `/v2/datasets/${datasetId}/cases/${caseId}`), { datasetId })
  for (const operation of ['getDatasetCase', 'replaceDatasetCase', 'deleteDatasetCase']) {
    pool.hint(operation, { datasetId, caseId })
  }
  if (!evaluator) return
  await prepareExperiment(call, pool, { name, datasetId, evaluatorId: evaluator.id })
  await prepareOptimization(call, pool, { name, evaluatorId: evaluator.id })
  await prepareWaitingExperiment(call, pool, { name, evaluatorId: evaluator.id })
}

/** It goes on until somebody allows what its agent does. */
async function prepareWaitingExperiment(
  call: Call,
  pool: Pool,
  { name, evaluatorId }: { name: string; evaluatorId: string },
): Promise<void> {
  const dataset = await call('POST', '/v2/datasets', { name: `Waiting ${name}` })
  if (!dataset) return
  await call('POST', `/v2/datasets/${dataset.id}/cases`, [{ input: ASKING_TASK }])
  const wanted = { name: nameOfAgent('w', name), definition: ASKING_DEFINITION }
  const agent = await call('POST', '/v1/agents', wanted)
  if (!agent) return
  const about = { datasetId: dataset.id, evaluatorIds: [evaluatorId], agentId: agent.id }
  const experiment = await call('POST', '/v2/experiments', { ...about, versions: ['draft'] })
  if (experiment) pool.hint('cancelExperiment', { experimentId: experiment.id })
}

async function prepareExperiment(
  call: Call,
  pool: Pool,
  { name, datasetId, evaluatorId }: { name: string; datasetId: string; evaluatorId: string },
): Promise<void> {
  const definition = { instructions: 'Answer briefly.' }
  const agent = await call('POST', '/v1/agents', { name: nameOfAgent('t', name), definition })
  if (!agent) return
  const about = { datasetId, evaluatorIds: [evaluatorId] }
  const wanted = { ...about, agentId: agent.id, versions: ['draft'] }
  await call('POST', '/v2/experiments', wanted)
  pool.hint('createExperiment', wanted)
  await call('PUT', `/v1/agents/${agent.id}/gate`, { ...about, minScore: 0 })
  pool.hint('setAgentGate', { ...about, agentId: agent.id })
  for (const operation of ['getAgentGate', 'deleteAgentGate']) {
    pool.hint(operation, { agentId: agent.id })
  }
}

/** Searches for better instructions: one that can be cancelled, and one that is over. */
async function prepareOptimization(
  call: Call,
  pool: Pool,
  { name, evaluatorId }: { name: string; evaluatorId: string },
): Promise<void> {
  const dataset = await call('POST', '/v2/datasets', { name: `Many ${name}` })
  const definition = { instructions: 'Answer briefly.' }
  const agent = await call('POST', '/v1/agents', { name: nameOfAgent('o', name), definition })
  if (!dataset || !agent) return
  const cases = Array.from({ length: 12 }, (_, index) => ({ input: `${index} 일 뒤에 되나요?` }))
  await call('POST', `/v2/datasets/${dataset.id}/cases`, cases)
  const about = { datasetId: dataset.id, evaluatorIds: [evaluatorId], agentId: agent.id }
  const wanted = { ...about, methods: ['few-shot'] }
  pool.hint('optimizePrompt', wanted)
  const over = await call('POST', '/v1/ai/prompts:optimize', wanted)
  if (!over) return
  await call('POST', `/v1/ai/prompt-optimizations/${over.id}/cancel`)
  for (const operation of ['getPromptOptimization', 'applyPromptOptimization']) {
    pool.hint(operation, { optimizationId: over.id })
  }
  for (const operation of ['cancelPromptOptimization', 'deletePromptOptimization']) {
    const other = await call('POST', '/v1/ai/prompts:optimize', wanted)
    if (other) pool.hint(operation, { optimizationId: other.id })
  }
}
