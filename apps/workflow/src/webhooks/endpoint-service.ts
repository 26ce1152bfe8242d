import { randomUUIDv7 } from 'node:crypto'
import type { Identity, Tenant } from '@dure/contracts'
import {
  ConflictError,
  DureError,
  InvalidInputError,
  NotFoundError,
  prefixedId,
} from '@dure/kernel'
import type { Egress } from '@dure/platform'
import type { DeliveryPage, DeliveryStore, DeliveryWithPayload } from './delivery-store.ts'
import type { Delivery, EndpointSetting, WebhookEndpoint } from './endpoint.ts'
import type { EndpointStore } from './endpoint-store.ts'
import { TEST_EVENT, testMessage } from './message.ts'
import type { Signing } from './signing-service.ts'

/** Which revisions a change may replace; undefined: any. */
type Expected = readonly number[] | undefined

/**
 * Endpoints as a project edits them. Everything that names one throws NotFoundError
 * `webhook-endpoint.not-found`, and what changes one ConflictError `webhook-endpoint.changed`.
 */
export interface EndpointService {
  /**
   * @returns the secret as well, which is never shown again
   * @throws InvalidInputError `webhook-endpoint.invalid-url`
   * @throws ConflictError `webhook-endpoint.too-many`
   */
  create(
    identity: Identity,
    setting: EndpointSetting,
  ): Promise<{ readonly endpoint: WebhookEndpoint; readonly secret: string }>
  get(tenant: Tenant, id: string): Promise<WebhookEndpoint>
  page: EndpointStore['page']
  /** @throws InvalidInputError `webhook-endpoint.invalid-url` */
  update(
    tenant: Tenant,
    id: string,
    change: { readonly setting: Partial<EndpointSetting>; readonly expected: Expected },
  ): Promise<WebhookEndpoint>
  remove(tenant: Tenant, id: string, expected: Expected): Promise<void>
  /** @returns the new secret, which is never shown again; the old ones sign for some time as well */
  rotate(tenant: Tenant, id: string, overlapMs: number): Promise<string>
  /** @throws ConflictError `webhook-endpoint.disabled` */
  test(tenant: Tenant, id: string): Promise<Delivery>
  deliveries(tenant: Tenant, id: string, page: DeliveryPage): Promise<Delivery[]>
  /** @throws NotFoundError `webhook-delivery.not-found` */
  delivery(tenant: Tenant, id: string, deliveryId: string): Promise<DeliveryWithPayload>
  /**
   * @throws NotFoundError `webhook-delivery.not-found`
   * @throws ConflictError `webhook-endpoint.disabled`
   */
  redeliver(tenant: Tenant, id: string, deliveryId: string): Promise<Delivery>
}

export interface EndpointServiceDependencies {
  readonly store: EndpointStore
  readonly deliveries: DeliveryStore
  readonly signing: Pick<Signing, 'create'>
  readonly egress: Pick<Egress, 'check'>
  /** Told when there is something to deliver. */
  readonly kick: () => void
}

const MAX_ENDPOINTS = 50

export function createEndpointService(dependencies: EndpointServiceDependencies): EndpointService {
  const { store, deliveries, signing, egress, kick } = dependencies
  const get = async (tenant: Tenant, id: string) =>
    (await store.find(tenant, id)) ?? notFound('webhook-endpoint.not-found')

  async function enabled(tenant: Tenant, id: string): Promise<WebhookEndpoint> {
    const endpoint = await get(tenant, id)
    if (endpoint.enabled) return endpoint
    const detail = 'The endpoint is disabled: enable it first'
    throw new ConflictError('webhook-endpoint.disabled', detail)
  }

  /** @throws InvalidInputError `webhook-endpoint.invalid-url` */
  function checkUrl(url: string): void {
    const problem = urlProblem(egress, url)
    if (problem === undefined) return
    const detail = 'Nothing can be delivered to this URL'
    throw new InvalidInputError('webhook-endpoint.invalid-url', detail, [
      { pointer: '#/url', message: problem },
    ])
  }

  return {
    get,
    page: store.page,

    async create({ tenant, principalId: createdBy }, setting) {
      checkUrl(setting.url)
      const id = prefixedId('whe', randomUUIDv7())
      const secretId = prefixedId('whs', randomUUIDv7())
      const { secret, sealed } = signing.create(tenant, secretId)
      const endpoint = await store.insert({
        ...{ ...setting, id, tenant, createdBy, limit: MAX_ENDPOINTS },
        secret: { id: secretId, sealed },
      })
      return endpoint ? { endpoint, secret } : tooMany()
    },

    async update(tenant, id, { setting, expected }) {
      const before = expectedOne(await get(tenant, id), expected)
      if (setting.url !== undefined) checkUrl(setting.url)
      return (await store.update(before, { ...before, ...setting })) ?? lostUpdate()
    },

    async remove(tenant, id, expected) {
      const endpoint = expectedOne(await get(tenant, id), expected)
      if (!(await store.remove(endpoint))) lostUpdate()
    },

    async rotate(tenant, id, overlapMs) {
      const secretId = prefixedId('whs', randomUUIDv7())
      const { secret, sealed } = signing.create(tenant, secretId)
      const added = await store.addSecret(tenant, id, {
        ...{ secret: { id: secretId, sealed }, overlapMs },
      })
      return added ? secret : notFound('webhook-endpoint.not-found')
    },

    async test(tenant, id) {
      await enabled(tenant, id)
      const delivery = await deliveries.insert({
        ...{ tenant, endpointId: id, eventType: TEST_EVENT },
        id: prefixedId('whd', randomUUIDv7()),
        payload: testMessage(await deliveries.now(), { endpointId: id }),
      })
      kick()
      return delivery
    },

    async deliveries(tenant, id, page) {
      await get(tenant, id)
      return deliveries.page(tenant, id, page)
    },

    async delivery(tenant, id, deliveryId) {
      await get(tenant, id)
      const found = await deliveries.find(tenant, { endpointId: id, id: deliveryId })
      return found ?? notFound('webhook-delivery.not-found')
    },

    async redeliver(tenant, id, deliveryId) {
      await enabled(tenant, id)
      const delivery = await deliveries.redeliver(tenant, { endpointId: id, id: deliveryId })
      if (!delivery) notFound('webhook-delivery.not-found')
      kick()
      return delivery
    },
  }
}

/** What is wrong with a URL, as far as it says so itself. Plain http is for whom the operator vouches. */
function urlProblem(egress: Pick<Egress, 'check'>, text: string): string | undefined {
  try {
    const { url, trusted } = egress.check(text)
    return trusted || url.protocol === 'https:' ? undefined : 'must begin with https://'
  } catch (error) {
    if (error instanceof DureError) return error.message
    throw error
  }
}

function expectedOne(endpoint: WebhookEndpoint, expected: Expected): WebhookEndpoint {
  return expected && !expected.includes(endpoint.revision) ? lostUpdate() : endpoint
}

function lostUpdate(): never {
  const detail =
    'It was changed meanwhile: get it again, and repeat the change if it still makes sense'
  throw new ConflictError('webhook-endpoint.changed', detail)
}

function tooMany(): never {
  const detail = `A project has at most ${MAX_ENDPOINTS} endpoints: delete one that nothing uses`
  throw new ConflictError('webhook-endpoint.too-many', detail)
}

function notFound(code: 'webhook-endpoint.not-found' | 'webhook-delivery.not-found'): never {
  const what = code === 'webhook-endpoint.not-found' ? 'webhook endpoint' : 'delivery'
  throw new NotFoundError(code, `There is no such ${what}`)
}
