import type { Identity, RunId, Tenant } from '@dure/contracts'
import type { StartedRun } from '../../runs/start-service.ts'
import type { DoorRuns } from '../run-service.ts'
import { type AskedAs, type Response, runIdOf, unknownResponse, viewResponse } from './response.ts'
import { labelsOf, type ResponseStore } from './response-store.ts'
import type { Ask, OpenAiService } from './service.ts'

/** Runs as responses of OpenAI's API: what was asked for as one can be read as one. */
export interface ResponseService {
  /** Throws as `OpenAiService.ask` does. */
  ask(ask: Omit<Ask, 'labels'>, asked: AskedAs): Promise<StartedRun>
  /** @throws NotFoundError `response.not-found` */
  get(tenant: Tenant, id: string): Promise<Response>
  /** @throws NotFoundError `response.not-found` */
  cancel(identity: Identity, id: string): Promise<Response>
}

export interface ResponseServiceDependencies {
  readonly store: ResponseStore
  readonly openAi: Pick<OpenAiService, 'ask' | 'now'>
  readonly doorRuns: Pick<DoorRuns, 'giveUp'>
}

export function createResponseService({
  store,
  openAi,
  doorRuns,
}: ResponseServiceDependencies): ResponseService {
  async function view(tenant: Tenant, runId: RunId): Promise<Response> {
    const asked = await store.find(tenant, runId)
    if (!asked) throw unknownResponse()
    return viewResponse(await openAi.now(tenant, runId), asked)
  }

  return {
    ask: (ask, asked) => openAi.ask({ ...ask, labels: labelsOf(asked) }),
    get: (tenant, id) => view(tenant, runIdOf(id)),

    async cancel(identity, id) {
      const runId = runIdOf(id)
      if (!(await store.find(identity.tenant, runId))) throw unknownResponse()
      await doorRuns.giveUp(identity, runId)
      return view(identity.tenant, runId)
    },
  }
}
