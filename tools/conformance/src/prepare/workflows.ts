import type { Pool } from '../fuzz/pool.ts'
import type { Call } from './call.ts'
import { GRAPHS } from './graphs.ts'

/** A workflow with one version. @returns its id */
export async function createVersioned(
  call: Call,
  name: string,
  graph: object,
): Promise<string | undefined> {
  const workflow = await call('POST', '/v1/workflows', { name, graph })
  if (workflow) await call('POST', `/v1/workflows/${workflow.id}/versions`)
  return workflow?.id
}

/** The same, with the version published. */
export async function publishWorkflow(...[call, ...rest]: Parameters<typeof createVersioned>) {
  const id = await createVersioned(call, ...rest)
  if (id !== undefined) await call('POST', `/v1/workflows/${id}/versions/1/publish`)
  return id
}

/** Long enough for a run to end that waits for nobody. */
const WAIT_MS = 500

/** A run of a workflow with all that it leaves behind, and what starts others. */
export async function prepareRun(call: Call, workflowId: string, name: string): Promise<void> {
  const input = { name: 'Dure', items: [1, 2] }
  const order = { input, mode: 'wait', waitMs: WAIT_MS }
  const run = await call('POST', `/v1/workflows/${workflowId}/runs`, order)
  if (run) await call('GET', `/v1/runs/${run.id}`)
  if (run) await call('GET', `/v2/runs/${run.id}/effects`)
  const schedule = { name: 'Nightly', cron: '0 3 * * *', timeZone: 'Asia/Seoul' }
  await call('POST', '/v1/schedules', { ...schedule, workflowId })
  await call('POST', '/v1/event-triggers', {
    name: `Paid ${name}`,
    eventName: 'order.paid',
    workflowId,
  })
}

/** A workflow that was published twice: it can be compared, rolled back, and offered by aliases. */
export async function prepareVersions(call: Call, pool: Pool, name: string): Promise<void> {
  const workflowId = await publishWorkflow(call, name, GRAPHS.plain)
  if (workflowId === undefined) return
  const of = `/v1/workflows/${workflowId}`
  await call('PUT', of, { name, graph: GRAPHS.changed })
  await call('POST', `${of}/versions`)
  await call('POST', `${of}/versions/2/publish`)
  const targets = [
    { version: 1, weight: 90 },
    { version: 2, weight: 10 },
  ]
  const alias = await call('POST', '/v2/aliases', { workflowId, name: 'canary', targets })
  if (alias) pool.hint('promoteAlias', { aliasId: alias.id })
  if (alias) pool.hint('setAlias', { aliasId: alias.id, targets })
  pool.hint('rollBackWorkflow', { workflowId })
  pool.hint('diffWorkflowVersions', { workflowId, a: 1, b: 2 })
  pool.hint('createAlias', { workflowId, targets })
  pool.hint('orderRun', { ref: workflowId })
  const model = `workflow:${workflowId}`
  pool.refer('model', model)
  for (const operation of ['createChatCompletion', 'createResponse', 'getOpenAiModel']) {
    pool.hint(operation, { model })
  }
  const asked = { model, input: 'Hello', background: true }
  const response = await call('POST', '/openai/v1/responses', asked)
  pool.hint('getResponse', { id: response?.id })
  pool.hint('cancelResponse', { id: response?.id })
  const hook = await call('POST', '/v1/webhook-triggers', { name: `Hook ${name}`, workflowId })
  pool.hint('receiveHook', { token: lastOf(hook?.url) })
}

/** The last segment of a path that an answer has. */
export function lastOf(path: unknown): string | undefined {
  return typeof path === 'string' ? path.split('/').at(-1) : undefined
}
