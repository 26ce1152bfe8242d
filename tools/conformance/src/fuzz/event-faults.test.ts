import { expect, test } from 'vitest'
import type { Operation } from '../openapi/operation.ts'
import { compileSchemas } from '../openapi/schemas.ts'
import { eventFaults } from './event-faults.ts'

const schemas = compileSchemas({ paths: {}, components: { schemas: {} } })
const time = '2026-01-02T03:04:05.000Z'
const RUN = { id: '1', type: 'run.paused', runId: 'run_1', time, data: { by: 'usr_1' } }
const STEP = { version: 1, at: time, type: 'model.called' }
const blockOf = (event: string, data: unknown) =>
  `id: 1\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`

function whatIn(operationId: string, text: string): string {
  const faults = eventFaults({ operationId } as Operation, text, schemas)
  return faults.map(({ what }) => what).join()
}

test('events as they are described are good, and one that is not over says nothing', () => {
  const text = `retry: 1000\n\n: still here\n\n${blockOf('run.paused', RUN)}${blockOf('reconnect', {})}`
  expect(whatIn('followRun', `${text}id: 2\nevent: run.pa`)).toBe('')
  const delta = { type: 'node.delta', runId: 'run_1', nodeId: 'ask', index: 0, text: 'a' }
  expect(whatIn('startRun', blockOf('node.delta', delta))).toBe('')
  expect(whatIn('followDocument', blockOf('document.deleted', { documentId: 'doc_1' }))).toBe('')
  expect(whatIn('createChatCompletion', 'data: {}\n\ndata: [DONE]\n\n')).toBe('')
})

test.each([
  ['an event of a run without a field', 'followRun', blockOf('run.paused', { ...RUN, data: {} })],
  ['an event of a run that is none', 'followRun', blockOf('run.x', { ...RUN, type: 'run.x' })],
  ['another type than its name', 'followRun', blockOf('run.resumed', RUN)],
  ['an execution without its fields', 'followAgentRun', blockOf('model.called', STEP)],
  ['a document without a state', 'followDocument', blockOf('document.progress', {})],
  ['a name that no document tells', 'followDocument', blockOf('document.x', { documentId: 'd' })],
  ['no JSON', 'createResponse', 'event: a\ndata: {\n\n'],
])('%s is a fault', (_what, operationId, text) => {
  expect(whatIn(operationId, text)).not.toBe('')
})
