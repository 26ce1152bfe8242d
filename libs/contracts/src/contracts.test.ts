import { Value } from 'typebox/value'
import { expect, test } from 'vitest'
import { agentQueue, NodeId, outgoing, RunId, type TaskRef, workflowQueue } from './index.ts'

const task = {
  taskKey: `run_${'1'.repeat(32)}/ask`,
  runId: `run_${'1'.repeat(32)}`,
  nodeId: 'ask',
  attempt: 2,
  tenant: { organizationId: `org_${'2'.repeat(32)}`, projectId: `prj_${'3'.repeat(32)}` },
  workflowId: `wf_${'4'.repeat(32)}`,
  timeoutMs: 1000,
} as TaskRef

test('a message is the same when its task and attempt are, and differs by its name', () => {
  const ask = outgoing(agentQueue, 'task.generate-text', { task, input: { prompt: 'Hi' } })
  const again = outgoing(agentQueue, 'task.generate-text', { task, input: { prompt: 'Ho' } })
  const next = outgoing(agentQueue, 'task.generate-text', {
    task: { ...task, attempt: 3 },
    input: { prompt: 'Hi' },
  })
  expect(ask).toMatchObject({ queue: 'agent', name: 'task.generate-text' })
  expect(again.key).toBe(ask.key)
  expect(next.key).not.toBe(ask.key)
  expect(ask.key).toContain('task.generate-text')
})

test('an outcome is a success with its output or a failure with its error', () => {
  const { payload } = workflowQueue.messages['task.finish']
  const succeeded = { status: 'succeeded', output: null, durationMs: 1 }
  const failed = { status: 'failed', error: { code: 'model.timeout', message: 'Late' } }
  expect(Value.Check(payload, { task, outcome: succeeded })).toBe(true)
  expect(Value.Check(payload, { task, outcome: failed })).toBe(true)
  expect(Value.Check(payload, { task, outcome: { status: 'failed' } })).toBe(false)
})

test('ids name what they are ids of', () => {
  expect(Value.Check(RunId, `run_${'a'.repeat(32)}`)).toBe(true)
  expect(Value.Check(RunId, `wf_${'a'.repeat(32)}`)).toBe(false)
  expect(Value.Check(NodeId, 'find_articles')).toBe(true)
  expect(Value.Check(NodeId, 'find-articles')).toBe(false)
})
