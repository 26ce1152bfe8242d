import type { Pool } from '../fuzz/pool.ts'
import type { Call } from './call.ts'

const ENDPOINT_URL = 'https://example.com/webhooks/dure'

/** What people set up beside workflows, one of each kind. */
export async function prepareSettings(call: Call, pool: Pool, name: string): Promise<void> {
  const hosts = ['https://api.example.com']
  await call('POST', '/v1/secrets', { name: `secret-${name}`, value: 'not a secret', hosts })
  await call('POST', '/v1/variables', { name: `v_${name}`, value: 1 })
  await call('POST', '/v2/members', { role: 'viewer', email: `${name}@example.com` })
  await call('POST', '/v2/service-principals', { name, role: 'viewer' })
  await call('POST', '/v2/projects', { name })
  await call('POST', '/v1/api-keys', { name, scopes: ['runs:read'] })
  await prepareEndpoint(call, pool)
  await prepareKnowledge(call, name)
}

async function prepareEndpoint(call: Call, pool: Pool): Promise<void> {
  const endpoint = await call('POST', '/v2/webhook-endpoints', {
    url: ENDPOINT_URL,
    eventTypes: ['run.completed'],
    enabled: true,
  })
  if (!endpoint) return
  const endpointId = endpoint.id
  pool.hint('updateWebhookEndpoint', { endpointId, url: ENDPOINT_URL })
  const delivery = await call('POST', `/v2/webhook-endpoints/${endpointId}:test`)
  if (!delivery) return
  pool.learn(delivery, { endpointId })
  for (const operation of ['getWebhookDelivery', 'redeliverWebhook']) {
    pool.hint(operation, { endpointId, deliveryId: delivery.id })
  }
}

async function prepareKnowledge(call: Call, name: string): Promise<void> {
  const base = await call('POST', '/v1/knowledge-bases', { name })
  if (!base) return
  const text = '# 환불\n\n환불은 7일 안에 됩니다.'
  const document = { name: 'help.md', text, mediaType: 'text/markdown' }
  await call('POST', `/v1/knowledge-bases/${base.id}/documents`, document)
}
