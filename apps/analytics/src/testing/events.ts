import type { RecordedEvent, RunId, Tenant, WorkflowId } from '@dure/contracts'
import { testTenant } from '@dure/platform/testing'

/** A name as ids are made of: `hex(7)` is 32 digits that end in 7. */
const hex = (n: number) => n.toString(16).padStart(32, '0')
export const runIdOf = (n: number) => `run_${hex(n)}` as RunId
export const workflowIdOf = (n: number) => `wf_${hex(n)}` as WorkflowId

interface Circumstances {
  readonly g: number
  readonly run?: number
  readonly workflow?: number
  readonly at?: string
  readonly tenant?: Tenant
}

const NOON = '2026-11-20T12:00:00.000Z'

export function runStarted({ workflow = 1, ...circumstances }: Circumstances): RecordedEvent {
  return recorded(
    'run.started',
    { version: 1, ...circumstances },
    {
      workflowId: workflowIdOf(workflow),
      versionId: `wfv_${hex(1)}`,
      versionNumber: 1,
      input: { question: '환불' },
      startedBy: 'key_test',
    },
  )
}

export function runCompleted(circumstances: Circumstances & { version?: number }): RecordedEvent {
  return recorded('run.completed', { version: 9, ...circumstances }, { output: null })
}

export function runFailed(circumstances: Circumstances & { version?: number }): RecordedEvent {
  return recorded(
    'run.failed',
    { version: 9, ...circumstances },
    {
      error: { code: 'model.unavailable', message: 'The model does not answer' },
      nodeId: 'ask',
    },
  )
}

export function modelCalled({
  run = 1,
  workflow = 1,
  usage = {},
  ...circumstances
}: Circumstances & { usage?: Record<string, unknown> }): RecordedEvent {
  return recorded(
    'model.called',
    { version: 1, run, ...circumstances },
    {
      runId: runIdOf(run),
      nodeId: 'ask',
      workflowId: workflowIdOf(workflow),
      attempt: 1,
      usage: { model: 'demo', inputTokens: 10, outputTokens: 5, costMicroUsd: 7, ...usage },
      isUntold: true,
      finishReason: 'stop',
      durationMs: 300,
    },
  )
}

export function modelCallFailed({ run = 1, workflow = 1, ...circumstances }: Circumstances) {
  return recorded(
    'model.call-failed',
    { version: 1, run, ...circumstances },
    {
      runId: runIdOf(run),
      nodeId: 'ask',
      workflowId: workflowIdOf(workflow),
      attempt: 1,
      model: 'demo',
      code: 'model.unavailable',
      durationMs: 20,
    },
  )
}

export function recorded(
  type: string,
  { g, version, run = 1, at = NOON, tenant = testTenant() }: Circumstances & { version: number },
  data: Record<string, unknown>,
): RecordedEvent {
  return { g, stream: runIdOf(run), version, type, at, tenant, data }
}
