import { type RunId, type Tenant, WorkflowId } from '@dure/contracts'
import { ConflictError, InvalidInputError } from '@dure/kernel'
import { Type } from 'typebox'
import { VersionNumber } from '../workflows/version-number.ts'

/** What every trigger has of its author: a name, and what it starts. */
export const TRIGGER_FIELDS = {
  name: Type.String({ minLength: 1, maxLength: 200 }),
  workflowId: WorkflowId,
  version: Type.Optional(
    VersionNumber({ description: 'Absent, as `alias`: the published version' }),
  ),
  alias: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 100,
      description: 'Looked up whenever a run is started; not together with `version`',
    }),
  ),
}

export interface TriggerFields {
  readonly name: string
  readonly workflowId: WorkflowId
  readonly version?: number
  readonly alias?: string
}

export interface StoredTrigger {
  readonly id: string
  readonly tenant: Tenant
  readonly name: string
  readonly workflowId: WorkflowId
  readonly version: number | null
  readonly alias: string | null
  readonly enabled: boolean
  /** Rises with each change by people. */
  readonly revision: number
  readonly createdAt: Date
  readonly updatedAt: Date
}

interface StartRequest {
  readonly tenant: Tenant
  readonly startedBy: string
  readonly workflowId: WorkflowId
  readonly version?: number
  readonly alias?: string
  readonly input: unknown
  readonly idempotencyKey?: string
  readonly labels?: Readonly<Record<string, string>>
  readonly debounce?: { readonly key: string; readonly ms: number }
}

/** Runs, as far as triggers need them. */
export interface StartRuns {
  /** The same key with the same request starts one run. Within a debounce, the last input counts. */
  start(request: StartRequest): Promise<{ readonly runId: RunId }>
  hasActive(tenant: Tenant, labels: { readonly triggerId: string }): Promise<boolean>
  cancelActive(tenant: Tenant, triggerId: string): Promise<void>
  /** What a `respond` node of the run answers; undefined when it ends without, or the signal aborts. */
  waitForResponse(
    tenant: Tenant,
    runId: RunId,
    signal: AbortSignal,
  ): Promise<RunResponse | undefined>
}

export interface RunResponse {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: unknown
}

/** @throws InvalidInputError `trigger.ambiguous-target` */
export function refuseTwoTargets({ version, alias }: TriggerFields): void {
  if (version === undefined || alias === undefined) return
  const message = 'Name a version or an alias, not both'
  throw new InvalidInputError('trigger.ambiguous-target', message, [
    { pointer: '#/alias', message: 'cannot be combined with `version`' },
  ])
}

/**
 * Starts a run of what a trigger points to. When its key has already started one, that is the one,
 * also when the trigger was changed since: a key names an occasion, and an occasion starts one run.
 */
export async function startFor(
  starts: Pick<StartRuns, 'start'>,
  trigger: StoredTrigger,
  occasion: Pick<StartRequest, 'input' | 'idempotencyKey' | 'debounce'>,
): Promise<RunId> {
  const { id, tenant, workflowId, version, alias } = trigger
  try {
    const { runId } = await starts.start({
      tenant,
      startedBy: id,
      workflowId,
      ...(version !== null && { version }),
      ...(alias !== null && { alias }),
      labels: { triggerId: id },
      ...occasion,
    })
    return runId
  } catch (error) {
    const started = startedBefore(error)
    if (started) return started
    throw error
  }
}

function startedBefore(error: unknown): RunId | undefined {
  if (!(error instanceof ConflictError) || error.code !== 'idempotency.key-reused') return undefined
  const { runId } = error.details
  return typeof runId === 'string' ? (runId as RunId) : undefined
}
