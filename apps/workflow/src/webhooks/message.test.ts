import type { RecordedEvent, RunEvent } from '@dure/contracts'
import { Value } from 'typebox/value'
import { expect, test } from 'vitest'
import { webhookDescriptions } from './description.ts'
import {
  messageOf,
  messageSchema,
  TEST_EVENT,
  testMessage,
  WEBHOOK_EVENT_TYPES,
  type WebhookEventType,
} from './message.ts'

const RUN = `run_${'1'.repeat(32)}`
const run = { workflowId: `wf_${'2'.repeat(32)}`, versionNumber: 3 }
const approvalId = `apr_${'3'.repeat(32)}`
const place = { nodeId: 'ask', path: 'each[0]/ask' }
const error = { code: 'task.bug', message: 'No', class: 'internal' }

/** Everything that an event can have; most of it is nobody else's business. */
const EVENTS: Readonly<Record<WebhookEventType, object>> = {
  'run.started': { startedBy: 'key_1', input: { private: 1 }, deadlineAt: 1 },
  'run.completed': { output: { private: 1 } },
  'run.failed': { error, nodeId: 'ask' },
  'run.cancelled': { by: 'key_1', reason: 'late' },
  'run.timed_out': { error },
  'run.paused': { by: 'key_1' },
  'run.resumed': { by: 'key_1' },
  'run.retried': { by: 'key_1', paths: ['ask'] },
  'approval.requested': { ...place, title: 'Pay?', hash: 'a', dueAt: 1_767_322_984_678 },
  'approval.decided': {
    ...{ ...place, decision: 'approve', by: 'key_1', comment: 'fine', hash: 'a' },
    edit: { private: 1 },
  },
  'approval.escalated': { ...place, to: ['role:admin'], level: 1 },
  'node.needs-review': { ...place, nodeType: 'http', attempt: 1, error },
}

test.each(WEBHOOK_EVENT_TYPES)(
  'a message of %s is as it is described, and has nothing else',
  (type) => {
    const event = {
      ...{ type, stream: RUN, version: 7, at: '2026-01-02T03:04:05.678Z' },
      data: { type, ...EVENTS[type] } as RunEvent,
    } as unknown as RecordedEvent & { type: WebhookEventType }
    const isApproval = type.startsWith('approval.')
    const message = JSON.parse(messageOf(event, { run, ...(isApproval && { approvalId }) }))
    const schema = messageSchema(type)

    expect([...Value.Errors(schema, message)]).toEqual([])
    expect(Value.Clean(schema, structuredClone(message))).toEqual(message)
    expect(JSON.stringify(message)).not.toContain('private')
    const gone = JSON.parse(messageOf(event, { run: undefined, ...(isApproval && { approvalId }) }))
    expect([...Value.Errors(schema, gone)]).toEqual([])
  },
)

test('a message of a test, and each event, is described once', () => {
  const message = JSON.parse(testMessage(new Date(0), { endpointId: `whe_${'4'.repeat(32)}` }))
  const described = webhookDescriptions[TEST_EVENT]
  expect(described && [...Value.Errors(described.body, message)]).toEqual([])
  expect(Object.keys(webhookDescriptions)).toEqual([...WEBHOOK_EVENT_TYPES, TEST_EVENT])
  const ids = Object.values(webhookDescriptions).map(({ operationId }) => operationId)
  expect(new Set(ids).size).toBe(ids.length)
})
