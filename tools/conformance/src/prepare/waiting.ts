import { until } from '@dure/system-test/system'
import type { Pool } from '../fuzz/pool.ts'
import type { Call, Made } from './call.ts'
import { callingGraph, GRAPHS } from './graphs.ts'
import { createVersioned, lastOf } from './workflows.ts'

interface Page<Item> {
  readonly data: readonly Item[]
}
interface Approval {
  readonly id: string
  readonly runId: string
  readonly hash: string
}

/** Not published: whoever asks a model or a tool would wait for an answer. */
const FIRST_VERSION = { version: 1, input: {} }

/** Runs that wait for somebody: to be decided, told, paused, resumed or ended. */
export async function prepareWaiting(call: Call, pool: Pool, name: string): Promise<void> {
  const workflowId = await createVersioned(call, name, GRAPHS.waiting)
  if (workflowId === undefined) return
  const start = () => call('POST', `/v1/workflows/${workflowId}/runs`, FIRST_VERSION)
  const [asked, running, paused] = [await start(), await start(), await start()]
  if (!asked || !running || !paused) return
  pool.hint('pauseRun', { runId: running.id })
  pool.hint('cancelRun', { runId: running.id })
  pool.hint('signalRun', { runId: running.id })
  if (await call('POST', `/v1/runs/${paused.id}/pause`))
    pool.hint('resumeRun', { runId: paused.id })
  const { id: approvalId, hash } = await approvalOf(call, asked)
  pool.hint('getApproval', { approvalId })
  pool.hint('decideApproval', { approvalId, hash })
  pool.hint('deliverCallback', { token: await tokenOf(call, asked) })
}

async function approvalOf(call: Call, run: Made): Promise<Approval> {
  let found: Approval | undefined
  await until(async () => {
    const page = (await call('GET', '/v1/approvals')) as Page<Approval> | undefined
    found = page?.data.find(({ runId }) => runId === run.id)
    return found !== undefined
  }, 'a run asks for approval')
  return found as Approval
}

async function tokenOf(call: Call, run: Made): Promise<string | undefined> {
  let token: string | undefined
  await until(async () => {
    const page = await call('GET', `/v1/runs/${run.id}/nodes`)
    const nodes = (page as Page<{ readonly callbackPath?: string }> | undefined)?.data ?? []
    token = lastOf(nodes.find(({ callbackPath }) => callbackPath)?.callbackPath)
    return token !== undefined
  }, 'a run waits for an event')
  return token
}

/** A write whose answer never came: people have to say what became of it. */
export async function prepareReview(
  call: Call,
  { pool, outsideUrl, name }: { pool: Pool; outsideUrl: string; name: string },
): Promise<void> {
  const workflowId = await createVersioned(call, name, callingGraph(outsideUrl, 'POST'))
  const run = workflowId && (await call('POST', `/v1/workflows/${workflowId}/runs`, FIRST_VERSION))
  if (!run) return
  await until(async () => {
    const page = await call('GET', `/v2/runs/${run.id}/effects`)
    const [effect] = (page as Page<{ id: string; status: string }> | undefined)?.data ?? []
    if (effect?.status !== 'review') return false
    pool.learn(effect, { runId: run.id })
    pool.hint('resolveRunEffect', { runId: run.id, effectId: effect.id, resolution: 'failed' })
    return true
  }, 'a write is to be reviewed')
}
