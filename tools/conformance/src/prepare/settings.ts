import { randomUUID } from 'node:crypto'
import type { Pool } from '../fuzz/pool.ts'
import type { Call } from './call.ts'
import { HOOK } from './outside.ts'

/** What people set up beside workflows, one of each kind. */
export async function prepareSettings(
  call: Call,
  { pool, outsideUrl, name }: { pool: Pool; outsideUrl: string; name: string },
): Promise<void> {
  const hosts = ['https://api.example.com']
  await call('POST', '/v1/secrets', { name: `secret-${name}`, value: 'not a secret', hosts })
  await call('POST', '/v1/variables', { name: `v_${name}`, value: 1 })
  // Of an organization, which may have several projects.
  await call('POST', '/v2/members', { role: 'viewer', email: `${randomUUID()}@example.com` })
  await call('POST', '/v2/service-principals', { name, role: 'viewer' })
  await call('POST', '/v2/projects', { name })
  await call('POST', '/v1/api-keys', { name, scopes: ['runs:read'] })
  await prepareEndpoint(call, pool, outsideUrl + HOOK)
  await prepareKnowledge(call, pool, name)
}

async function prepareEndpoint(call: Call, pool: Pool, url: string): Promise<void> {
  const endpoint = await call('POST', '/v2/webhook-endpoints', {
    url,
    eventTypes: ['run.started', 'run.completed', 'run.failed', 'run.paused', 'approval.requested'],
    enabled: true,
  })
  if (!endpoint) return
  const endpointId = endpoint.id
  pool.hint('updateWebhookEndpoint', { endpointId, url })
  const delivery = await call('POST', `/v2/webhook-endpoints/${endpointId}:test`)
  if (!delivery) return
  pool.learn(delivery, { endpointId })
  for (const operation of ['getWebhookDelivery', 'redeliverWebhook']) {
    pool.hint(operation, { endpointId, deliveryId: delivery.id })
  }
}

async function prepareKnowledge(call: Call, pool: Pool, name: string): Promise<void> {
  const base = await call('POST', '/v1/knowledge-bases', { name })
  if (!base) return
  const text = '# 환불\n\n환불은 7일 안에 됩니다.'
  const wanted = { name: 'help.md', text, mediaType: 'text/markdown' }
  const document = await call('POST', `/v1/knowledge-bases/${base.id}/documents`, wanted)
  pool.learn(document, { knowledgeBaseId: base.id })
}
