import type { TriggerHarness } from './trigger-service.ts'

/** A trigger, as created. */
export async function createWebhook(harness: TriggerHarness, fields: object = {}) {
  const body = { name: 'Orders', workflowId: await harness.workflow(), ...fields }
  const response = await harness.call({ method: 'POST', url: '/v1/webhook-triggers', body })
  const created = await response.json()
  return { ...created, status: response.status, path: `/v1/webhook-triggers/${created.id}`, body }
}
