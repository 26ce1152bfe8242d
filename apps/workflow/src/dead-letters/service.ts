import type { Identity, RunId, Tenant } from '@dure/contracts'
import type { Orchestrator, RunRow } from '@dure/engine'
import { ConflictError, DureError, NotFoundError } from '@dure/kernel'
import type { DeadLetter } from './dead-letter.ts'
import type { DeadLetterPage, DeadLetterStore } from './store.ts'

export interface Redriven {
  readonly id: string
  readonly error: { readonly code: string; readonly message: string } | null
}

/** A foreign letter is as unknown as one that nobody has: NotFoundError `dead-letter.not-found`. */
export interface DeadLetterService {
  page(tenant: Tenant, page: DeadLetterPage): Promise<DeadLetter[]>
  get(tenant: Tenant, id: string): Promise<DeadLetter>
  /**
   * Executes again what failed of its run.
   *
   * @throws ConflictError `dead-letter.run-not-failed`
   */
  redrive(identity: Identity, id: string): Promise<DeadLetter>
  /** Each is answered for itself, in the order of the ids; of one run, all go on together. */
  redriveAll(identity: Identity, ids: readonly string[]): Promise<Redriven[]>
  remove(tenant: Tenant, id: string): Promise<void>
}

export interface DeadLetterServiceOptions {
  readonly store: DeadLetterStore
  readonly runs: { find(tenant: Tenant, runId: RunId): Promise<RunRow | undefined> }
  readonly orchestrator: Pick<Orchestrator, 'command'>
}

export function createDeadLetterService({
  store,
  runs,
  orchestrator,
}: DeadLetterServiceOptions): DeadLetterService {
  async function get(tenant: Tenant, id: string): Promise<DeadLetter> {
    const [letter] = await store.find(tenant, [id])
    if (!letter) throw notFound()
    return letter
  }

  async function retryRun({ tenant, principalId }: Identity, runId: RunId | null): Promise<void> {
    const run = runId === null ? undefined : await runs.find(tenant, runId)
    if (runId === null || run?.status !== 'failed') throw notFailed(run?.status)
    // Asked twice of the same failure, it is one retry.
    const item = {
      id: `redrive-${run.version}`,
      command: { type: 'run.retry', by: principalId },
    } as const
    await orchestrator.command(runId, tenant, item)
    await store.markRedriven(tenant, runId)
  }

  return {
    get,
    page: (tenant, page) => store.page(tenant, page),

    async redrive(identity, id) {
      const { runId } = await get(identity.tenant, id)
      await retryRun(identity, runId)
      return get(identity.tenant, id)
    },

    async redriveAll(identity, ids) {
      const letters = new Map((await store.find(identity.tenant, ids)).map((one) => [one.id, one]))
      const errors = new Map<RunId | null, Redriven['error']>()
      for (const runId of new Set([...letters.values()].map((one) => one.runId))) {
        errors.set(runId, await errorOf(() => retryRun(identity, runId)))
      }
      return ids.map((id) => {
        const letter = letters.get(id)
        return { id, error: letter ? (errors.get(letter.runId) ?? null) : shown(notFound()) }
      })
    },

    async remove(tenant, id) {
      if (!(await store.remove(tenant, id))) throw notFound()
    },
  }
}

async function errorOf(work: () => Promise<void>): Promise<Redriven['error']> {
  try {
    await work()
    return null
  } catch (error) {
    if (error instanceof DureError) return shown(error)
    throw error
  }
}

function shown({ code, message }: DureError) {
  return { code, message }
}

function notFound(): NotFoundError {
  return new NotFoundError('dead-letter.not-found', 'There is no such dead letter')
}

function notFailed(status: string | undefined): ConflictError {
  const message =
    status === undefined
      ? 'Its run is not there any more: delete the letter'
      : `Its run is ${status}, not failed: there is nothing to execute again`
  return new ConflictError('dead-letter.run-not-failed', message, { ...(status && { status }) })
}
