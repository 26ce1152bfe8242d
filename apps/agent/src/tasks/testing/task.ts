import { randomUUID } from 'node:crypto'
import type { TaskRef } from '@dure/contracts'
import { testTenant } from '@dure/platform/testing'

/** A task of a run that nobody else has. */
export function newTask(changes: Partial<TaskRef> = {}): TaskRef {
  const runId = `run_${randomUUID().replaceAll('-', '')}` as TaskRef['runId']
  return {
    taskKey: `${runId}/ask`,
    runId,
    nodeId: 'ask' as TaskRef['nodeId'],
    attempt: 1,
    tenant: testTenant(),
    workflowId: 'wf_1',
    timeoutMs: 20_000,
    ...changes,
  }
}
