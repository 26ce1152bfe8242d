import type { Pool } from '../fuzz/pool.ts'
import type { Call } from './call.ts'

/** What the helpers of `/v1/ai` name that is no id of a project. */
export async function prepareHelpers(call: Call, pool: Pool): Promise<void> {
  await call('GET', '/v1/ai/templates?q=slack')
  await call('POST', '/v1/ai/workflows:generate', { description: 'Sum up new inquiries' })
  await call('POST', '/v1/ai/assistant/messages', { message: 'Which runs failed?' })
  for (const templateId of ['daily-inquiry-summary', 'map-over-list']) {
    pool.hint('getWorkflowTemplate', { templateId })
  }
}
