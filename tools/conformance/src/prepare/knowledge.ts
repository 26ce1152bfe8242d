import { until } from '@dure/system-test/system'
import type { Pool } from '../fuzz/pool.ts'
import type { Call } from './call.ts'

/** From so many questions on, a weight of vectors is fitted. */
const ENOUGH_QUERIES = 50

/** What is searched by words and by vectors, and how well. */
export async function prepareKnowledge(call: Call, pool: Pool, name: string): Promise<void> {
  const base = await call('POST', '/v1/knowledge-bases', { name })
  if (!base) return
  const text = '# 환불\n\n환불은 7일 안에 됩니다.'
  const wanted = { name: 'help.md', text, mediaType: 'text/markdown' }
  const above = { knowledgeBaseId: base.id }
  const at = `/v1/knowledge-bases/${base.id}`
  const document = await call('POST', `${at}/documents`, wanted)
  if (!document) return
  pool.learn(document, above)
  await untilIt(call, `${at}/documents/${document.id}`, 'ready')
  // Its passages have names that are learned.
  await call('POST', `${at}/search`, { query: '환불', mode: 'hybrid' })
  const relevant = [{ documentId: document.id }]
  const query = { query: '환불은 언제 되나요?', relevant }
  pool.hint('createEvaluation', { ...above, queries: [query] })
  const evaluation = await call('POST', `${at}/evaluations`, { queries: [query] })
  if (evaluation) pool.learn(evaluation, above)
  await prepareFitting(call, pool, { name, text })
  await prepareReindexing(call, pool, name)
}

async function untilIt(call: Call, path: string, status: string): Promise<void> {
  await until(async () => (await call('GET', path))?.status === status, `${path} is ${status}`)
}

/** An evaluation of which something is learned for the searches to come. */
async function prepareFitting(
  call: Call,
  pool: Pool,
  { name, text }: { readonly name: string; readonly text: string },
): Promise<void> {
  const base = await call('POST', '/v1/knowledge-bases', { name: `Fitted ${name}` })
  if (!base) return
  const at = `/v1/knowledge-bases/${base.id}`
  const document = await call('POST', `${at}/documents`, { name: 'help.md', text })
  if (!document) return
  await untilIt(call, `${at}/documents/${document.id}`, 'ready')
  const relevant = [{ documentId: document.id }]
  const queries = Array.from({ length: ENOUGH_QUERIES }, (_, n) => ({
    query: `환불 ${n}`,
    relevant,
  }))
  const evaluation = await call('POST', `${at}/evaluations`, { queries })
  if (!evaluation) return
  const above = { knowledgeBaseId: base.id }
  pool.learn(evaluation, above)
  await untilIt(call, `${at}/evaluations/${evaluation.id}`, 'done')
  pool.hint('applyEvaluation', { ...above, evaluationId: evaluation.id })
}

/** One base whose vectors and terms anybody may make anew, after they were once. */
async function prepareReindexing(call: Call, pool: Pool, name: string): Promise<void> {
  const base = await call('POST', '/v1/knowledge-bases', { name: `Anew ${name}` })
  const above = base && { knowledgeBaseId: base.id }
  if (!above || !(await call('POST', `/v1/knowledge-bases/${base.id}/reindex`, {}))) return
  for (const operation of ['reindexKnowledgeBase', 'getReindexing']) pool.hint(operation, above)
  if (!(await call('POST', `/v1/knowledge-bases/${base.id}/reanalysis`))) return
  for (const operation of ['reanalyzeKnowledgeBase', 'getReanalysis']) pool.hint(operation, above)
}
