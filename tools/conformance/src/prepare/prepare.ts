import { toolsOf } from '../http/mcp.ts'
import { openCall, type Preparation } from './call.ts'
import { GRAPHS } from './graphs.ts'
import { prepareHelpers } from './helpers.ts'
import { prepareSettings } from './settings.ts'
import { prepareReview, prepareWaiting } from './waiting.ts'
import { prepareRun, prepareVersions, publishWorkflow } from './workflows.ts'

const RUN_GRAPHS = [GRAPHS.plain, GRAPHS.failing, GRAPHS.map]

/**
 * One thing of each kind that a request could not make by chance, through the API like anybody else. What
 * is refused is said: the requests after it are then only less often good.
 */
export async function prepare(preparation: Preparation, round: number): Promise<void> {
  const { pool, outsideUrl } = preparation
  const { call, close } = openCall(preparation)
  const graph = RUN_GRAPHS[round % RUN_GRAPHS.length] ?? GRAPHS.plain
  const workflowId = await publishWorkflow(call, `Round ${round}`, graph)
  if (workflowId) await prepareRun(call, workflowId, String(round))
  await prepareVersions(call, pool, `Versions ${round}`)
  await prepareWaiting(call, pool, `Waiting ${round}`)
  await prepareReview(call, { pool, outsideUrl, name: `Review ${round}` })
  await prepareSettings(call, { pool, outsideUrl, name: `round_${round}` })
  await prepareHelpers(call, pool)
  await call('GET', '/v2/dead-letters')
  await call('GET', '/v2/members')
  await call('GET', '/openai/v1/models')
  for (const name of await toolsOf(preparation)) {
    pool.hint('callMcp', { method: 'tools/call', params: { name, arguments: {} } })
  }
  close()
}
