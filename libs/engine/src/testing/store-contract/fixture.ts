import { randomBytes } from 'node:crypto'
import type { RunEvent, RunId, Tenant } from '@dure/contracts'
import type { NewTask, RunChange, RunIdentity, RunStore } from '../../index.ts'

/** A store that is empty, or in which nobody has heard of the ids that are made here. */
export interface StoreUnderTest {
  readonly store: RunStore
  /** Lets time pass for the store: by its clock at least so much. */
  passMs(ms: number): Promise<void>
}

/** One promise of the port `RunStore`, as something that can be tried. */
export interface ContractCase {
  readonly name: string
  run(): Promise<void>
}

export type Vector = readonly [name: string, check: (under: StoreUnderTest) => Promise<void>]

export function hex(digits: number): string {
  return randomBytes(digits / 2).toString('hex')
}

export function someTenant(): Tenant {
  return { organizationId: `org_${hex(32)}`, projectId: `prj_${hex(32)}` } as Tenant
}

/** The layout of a version 7 UUID: a store may order runs by the time in their ids. */
function someRunId(): RunId {
  const time = Date.now().toString(16).padStart(12, '0')
  return `run_${time}7${hex(4).slice(1)}8${hex(16).slice(1)}` as RunId
}

export function someRun(more: Partial<RunIdentity> = {}): RunIdentity {
  return {
    ...{ id: someRunId(), tenant: someTenant(), versionNumber: 1, startedBy: 'key_contract' },
    workflowId: `wf_${hex(32)}` as RunIdentity['workflowId'],
    versionId: `wfv_${hex(32)}` as RunIdentity['versionId'],
    ...{ input: { n: 1 }, seed: hex(32), depth: 0, parent: null, priority: 5, trace: {} },
    timeoutMs: 60_000,
    ...more,
  }
}

function started(run: RunIdentity): RunEvent {
  const { workflowId, versionId, versionNumber, input, startedBy } = run
  return { type: 'run.started', workflowId, versionId, versionNumber, input, startedBy }
}

export function paused(by = 'usr_1'): RunEvent {
  return { type: 'run.paused', by }
}

/** The first change of a run. */
export function creating(run: RunIdentity, more: Partial<RunChange> = {}): RunChange {
  return {
    run,
    expectedVersion: 0,
    creation: {
      ...{ idempotencyKey: null, requestHash: null, concurrencyKey: null, debounceKey: null },
      ...{ ttlMs: null, startAfterMs: null, labels: {} },
    },
    ...{ events: [started(run)], status: 'running', output: undefined, error: null },
    ...{ costMicroUsd: 0, wakeAt: null, lease: null },
    ...{ tasks: [], folded: [], cancelled: [], consumed: [] },
    ...more,
  }
}

/** A later change; without events unless it says which. */
export function changing(
  run: RunIdentity,
  expectedVersion: number,
  more: Partial<RunChange> = {},
): RunChange {
  return { ...creating(run), creation: null, events: [], expectedVersion, ...more }
}

export function task(path: string, attempt = 1): NewTask {
  const payload = { task: { taskKey: path, attempt } }
  return {
    ...{ path, attempt, kind: 'task', request: null, childRunId: null, cache: null },
    message: { queue: 'agent', name: 'task.echo', key: `task.echo.${path}#${attempt}`, payload },
  }
}

export function succeeded(output: unknown) {
  return { status: 'succeeded', output, durationMs: 1 } as const
}
