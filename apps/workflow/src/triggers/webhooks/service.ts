import { randomBytes, randomUUIDv7 } from 'node:crypto'
import { InvalidInputError, NotFoundError, prefixedId } from '@dure/kernel'
import { sha256 } from '../../sha256.ts'
import type { TriggerService } from '../crud-routes.ts'
import type { HistoryStore } from '../history-store.ts'
import { columnsOf, noWorkflow, refuseChanged } from '../store.ts'
import { refuseTwoTargets } from '../trigger.ts'
import type { WebhookStore } from './store.ts'
import type {
  CreatedWebhookTrigger,
  SaveWebhookTrigger,
  StoredWebhookTrigger,
  WebhookAuth,
} from './webhook.ts'

/**
 * Webhook triggers as a project edits them. The token is known to whoever created it: only its hash is
 * stored. The secret is stored as it is, since signatures are made with it; it is shown once, too.
 *
 * Saving throws InvalidInputError `trigger.ambiguous-target`, `webhook-trigger.invalid` and
 * NotFoundError `workflow.not-found`; everything that names one, NotFoundError
 * `webhook-trigger.not-found`.
 */
export type WebhookService = TriggerService<
  StoredWebhookTrigger,
  SaveWebhookTrigger,
  CreatedWebhookTrigger
>

export interface WebhookServiceDependencies {
  readonly store: WebhookStore
  readonly history: Pick<HistoryStore, 'page'>
}

const SECRET_BYTES = 32

export function createWebhookService({
  store,
  history,
}: WebhookServiceDependencies): WebhookService {
  const get: WebhookService['get'] = async (tenant, id) =>
    (await store.find(tenant, id)) ?? notFound()

  return {
    get,
    page: (tenant, page) => store.page(tenant, page),

    async create({ tenant, principalId: createdBy }, save) {
      refuseContradictions(save)
      const id = prefixedId('whk', randomUUIDv7())
      const token = newToken()
      const { secret, newSecret } = secretsOf(save, null)
      const created = await store.insert(
        tenant,
        { id, createdBy },
        { ...columnsIn(save), secret, token_hash: hashOfToken(token), enabled: true },
      )
      return { ...created, token, ...(newSecret !== undefined && { newSecret }) }
    },

    async update(tenant, id, { save, expected }) {
      refuseContradictions(save)
      const before = await get(tenant, id)
      refuseChanged(before, expected)
      const { secret, newSecret } = secretsOf(save, before.secret)
      const columns = { ...columnsIn(save), secret }
      const updated = await store.update(tenant, id, columns, { expected })
      if (!updated) refuseChanged(await get(tenant, id), expected)
      return { ...(updated ?? noWorkflow()), ...(newSecret !== undefined && { newSecret }) }
    },

    async remove(tenant, id, expected) {
      if (await store.remove(tenant, id, expected)) return
      refuseChanged(await get(tenant, id), expected)
      notFound()
    },

    async setEnabled(tenant, id, enabled) {
      return (await store.update(tenant, id, { enabled })) ?? notFound()
    },

    async history(tenant, id, page) {
      await get(tenant, id)
      return history.page(tenant, id, page)
    },
  }
}

/** In the form of an API key: logs leave it out, and whoever looks for leaked secrets knows it. */
function newToken(): string {
  return `dure_live_hook_${randomBytes(SECRET_BYTES).toString('hex')}`
}

export function hashOfToken(token: string): string {
  return sha256(token)
}

function refuseContradictions(save: SaveWebhookTrigger): void {
  refuseTwoTargets(save)
  if (save.debounce === undefined || save.respond === 'accepted') return
  throw new InvalidInputError('webhook-trigger.invalid', 'Leave out `debounce`, or do not wait', [
    { pointer: '#/respond', message: 'cannot be `wait` with `debounce`: the run starts later' },
  ])
}

/** The secret from now on, and the one to show, if it was made just now. */
function secretsOf({ auth }: SaveWebhookTrigger, before: string | null) {
  if (auth.mode === 'none') return { secret: null, newSecret: undefined }
  const given = auth.secret ?? before
  if (given !== null) return { secret: given, newSecret: undefined }
  const newSecret = `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`
  return { secret: newSecret, newSecret }
}

function columnsIn(save: SaveWebhookTrigger) {
  return {
    ...columnsOf(save),
    auth: JSON.stringify(withoutSecret(save.auth)),
    dedupe: JSON.stringify(save.dedupe),
    debounce: save.debounce === undefined ? null : JSON.stringify(save.debounce),
    respond: save.respond,
    headers: save.headers,
  }
}

function withoutSecret(auth: SaveWebhookTrigger['auth']): WebhookAuth {
  if (auth.mode === 'none') return auth
  const { secret: _stored, ...shown } = auth
  return shown
}

function notFound(): never {
  throw new NotFoundError('webhook-trigger.not-found', 'There is no such webhook trigger')
}
