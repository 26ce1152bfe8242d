import type { RunId, Tenant, WorkflowId, WorkflowVersionId } from '@dure/contracts'
import { expect, test } from 'vitest'
import type { Graph } from '../graph/graph.ts'
import { nodeTypes } from '../nodes/index.ts'
import { planOf } from '../run/plan.ts'
import { type CreateRun, createOrchestrator } from './orchestrator.ts'
import type { OrchestratorPorts, RunStore } from './ports.ts'

const hex = (digit: string) => digit.repeat(32)
const graph: Graph = { nodes: [{ id: 'start', type: 'start', config: {} }], edges: [] } as never
const version = {
  id: `wfv_${hex('1')}` as WorkflowVersionId,
  workflowId: `wf_${hex('2')}` as WorkflowId,
  number: 1,
  graph,
  plan: planOf(graph, nodeTypes),
}

const ofVersion = {
  workflowId: version.workflowId,
  versionId: version.id,
  versionNumber: 1,
  input: {},
  startedBy: 'key_test',
}
const request: CreateRun = {
  run: {
    ...ofVersion,
    id: `run_${hex('3')}` as RunId,
    tenant: { organizationId: 'org', projectId: 'prj' } as unknown as Tenant,
    seed: hex('4'),
    depth: 0,
    parent: null,
    priority: 5,
    trace: {},
    timeoutMs: 60_000,
  },
  creation: {
    ...{ idempotencyKey: null, requestHash: null, concurrencyKey: null, debounceKey: null },
    ...{ ttlMs: null, startAfterMs: null, labels: {} },
  },
  begins: { type: 'run.start', ...ofVersion, startedAt: 0, deadlineAt: 60_000 },
  now: 0,
}

/** A store that does not answer, and a clock on which nobody's time ever comes. */
function withoutStore() {
  const asked: string[] = []
  const warnings: string[] = []
  const waiting = new Set<number>()
  const down = (name: string) => async () => {
    asked.push(name)
    throw new Error('down')
  }
  const ports: OrchestratorPorts = {
    store: { commit: down('commit'), load: down('load') } as unknown as RunStore,
    versions: { byId: async () => version },
    announce: async () => {},
    execute: async () => ({}),
    sha256: (text) => text,
    owner: 'test',
    log: { warn: (_details, message) => warnings.push(message), error: () => {} },
    clock: {
      monotonicMs: () => 0,
      sleep: (ms, signal) =>
        new Promise((_resolve, reject) => {
          const stop = () => {
            waiting.delete(ms)
            reject(signal?.reason)
          }
          if (signal?.aborted) return stop()
          waiting.add(ms)
          signal?.addEventListener('abort', stop)
        }),
    },
  }
  return { orchestrator: createOrchestrator(ports), asked, warnings, waiting }
}

test('a run that could not be carried on is tried again, unless the process closes', async () => {
  const { orchestrator, asked, warnings, waiting } = withoutStore()

  await expect(orchestrator.create(request)).rejects.toThrow('down')
  await expect.poll(() => [...waiting]).toEqual([1000])
  await orchestrator.close()

  expect([...waiting]).toEqual([])
  expect(asked).toEqual(['commit'])
  expect(warnings).toEqual(['run not carried on: it will be'])
})
