import type { Identity, RunId, Tenant } from '@dure/contracts'
import { type InboxCommand, nodesOf, type Orchestrator, type RunRow } from '@dure/engine'
import { ConflictError, NotFoundError } from '@dure/kernel'
import { sha256 } from '../../sha256.ts'
import type { VersionSource } from '../../workflows/version-source.ts'
import { type RunHistories, refuseEnded } from '../run-histories.ts'
import { type Effect, effectsOf } from './effects.ts'

export interface ResolveEffect {
  readonly runId: RunId
  readonly effectId: string
  readonly resolution: 'succeeded' | 'failed' | 'retry'
  /** Of one that succeeded. */
  readonly output?: unknown
  readonly note?: string | undefined
}

export interface EffectService {
  /** In the order in which the run reached them. @throws NotFoundError `run.not-found` */
  list(tenant: Tenant, runId: RunId): Promise<Effect[]>
  /**
   * Says what became of a write whose outcome nobody knew.
   *
   * @throws NotFoundError `run.not-found`, `effect.not-found`
   * @throws ConflictError `run.ended`, `effect.not-in-review`
   */
  resolve(identity: Identity, request: ResolveEffect): Promise<RunRow>
}

export interface EffectServiceDependencies {
  readonly orchestrator: Pick<Orchestrator, 'command'>
  readonly histories: RunHistories
  readonly versions: Pick<VersionSource, 'byId'>
}

export function createEffectService({
  orchestrator,
  histories,
  versions,
}: EffectServiceDependencies): EffectService {
  async function effectsIn(run: RunRow): Promise<Effect[]> {
    const { plan } = await versions.byId(run.versionId)
    return effectsOf(run.id, nodesOf(await histories.events(run)), { plan, sha256 })
  }

  return {
    list: async (tenant, runId) => effectsIn(await histories.get(tenant, runId)),

    async resolve({ tenant, principalId: by }, request) {
      const { runId, effectId, resolution, output, note } = request
      const run = await histories.get(tenant, runId)
      const effect = (await effectsIn(run)).find(({ id }) => id === effectId)
      if (!effect) throw new NotFoundError('effect.not-found', 'The run has no such effect')
      refuseEnded(run)
      const { status, path, attempts } = effect.node
      if (status !== 'review') throw notInReview(status)
      const command: InboxCommand = {
        type: 'run.resolve-effect',
        ...{ path, resolution, by },
        ...(output !== undefined && { output }),
        ...(note !== undefined && { note }),
      }
      // Of two who resolve it at the same time, one does.
      const id = `review-${sha256(path)}-${attempts}`
      const isFirst = await orchestrator.command(runId, tenant, { id, command })
      if (!isFirst) throw notInReview(status)
      return histories.get(tenant, runId)
    },
  }
}

function notInReview(status: string): ConflictError {
  return new ConflictError(
    'effect.not-in-review',
    'Nobody has to say what became of this effect, or somebody has',
    { status },
  )
}
