import type { Recorder } from './recorder.ts'

/** What starts a workflow without a caller. */
export async function triggerExchanges({ exchange }: Recorder, workflowId: string): Promise<void> {
  const schedule = { name: 'Mornings', workflowId, cron: '0 9 1 1 *', timeZone: 'Asia/Seoul' }
  const schedules = '/v1/schedules'
  const { id } = await exchange('POST', schedules, schedule)
  await exchange('GET', `${schedules}/${id}`)
  await exchange('PUT', `${schedules}/${id}`, { ...schedule, overlap: 'allow' })
  await exchange('POST', `${schedules}/${id}/disable`)
  await exchange('POST', `${schedules}/${id}/enable`)
  await exchange('GET', `${schedules}/${id}/history`)
  await exchange('POST', schedules, { ...schedule, cron: 'every morning' })
  await exchange('DELETE', `${schedules}/${id}`)

  const hooks = '/v1/webhook-triggers'
  const hook = { name: 'Orders', workflowId, auth: { mode: 'none' } }
  const { id: hookId } = await exchange('POST', hooks, hook)
  await exchange('GET', `${hooks}/${hookId}`)
  await exchange('GET', `${hooks}?limit=1`)
  await exchange('DELETE', `${hooks}/${hookId}`)

  const events = '/v1/event-triggers'
  const event = { name: 'Paid', workflowId, eventName: 'order.paid' }
  const { id: eventId } = await exchange('POST', events, event)
  await exchange('GET', `${events}/${eventId}`)
  await exchange('DELETE', `${events}/${eventId}`)
}
