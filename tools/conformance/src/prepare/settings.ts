import { randomUUID } from 'node:crypto'
import type { Pool } from '../fuzz/pool.ts'
import { prepareAgent } from './agents.ts'
import type { Call } from './call.ts'
import { prepareDatasets } from './datasets.ts'
import { prepareKnowledge } from './knowledge.ts'
import { HOOK } from './outside.ts'
import { prepareTools } from './tools.ts'

/** What people set up beside workflows, one of each kind. */
export async function prepareSettings(
  call: Call,
  { pool, outsideUrl, name }: { pool: Pool; outsideUrl: string; name: string },
): Promise<void> {
  // Requests before these may have left the organization none.
  await call('PUT', '/v2/quotas', { policies: {} })
  const hosts = ['https://api.example.com']
  await call('POST', '/v1/secrets', { name: `secret-${name}`, value: 'not a secret', hosts })
  await prepareBudgets(call)
  await call('POST', '/v1/variables', { name: `v_${name}`, value: 1 })
  await call('POST', '/v1/dictionary-entries', { surface: `낱말${name}` })
  // Of an organization, which may have several projects.
  await call('POST', '/v2/members', { role: 'viewer', email: `${randomUUID()}@example.com` })
  await call('POST', '/v2/service-principals', { name, role: 'viewer' })
  await call('POST', '/v2/projects', { name })
  await call('POST', '/v1/api-keys', { name, scopes: ['runs:read'] })
  await prepareEndpoint(call, pool, outsideUrl + HOOK)
  await prepareKnowledge(call, pool, name)
  await prepareMemory(call, pool)
  await prepareDatasets(call, pool, name)
  await prepareAgent(call, pool, name)
  await prepareTools(call, { pool, outsideUrl, name })
}

async function prepareMemory(call: Call, pool: Pool): Promise<void> {
  const place = { scope: 'user', owner: 'ada', key: 'food' }
  await call('PUT', '/v2/memory/user/ada/food', { value: '매운 음식을 좋아합니다' })
  for (const operation of ['getMemory', 'writeMemory', 'deleteMemory', 'forgetMemoryOwner']) {
    pool.hint(operation, place)
  }
}

const ENOUGH_MICRO_USD = 1_000_000_000

/** Requests before these may have made some that leave no agent a cent. */
async function prepareBudgets(call: Call): Promise<void> {
  const limitMicroUsd = ENOUGH_MICRO_USD
  const page = await call('GET', '/v2/budgets?limit=100')
  const budgets = (page?.data ?? []) as readonly { readonly id: string; readonly scope: string }[]
  for (const { id } of budgets) await call('PATCH', `/v2/budgets/${id}`, { limitMicroUsd })
  if (budgets.some(({ scope }) => scope === 'project')) return
  await call('POST', '/v2/budgets', { scope: 'project', limitMicroUsd, period: 'month' })
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
