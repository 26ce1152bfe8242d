import type { TaskRef } from '@dure/contracts'
import { describe, expect, test } from 'vitest'
import { accepts, configure, emptyScope, nodeType } from './testing/run-node.ts'

describe('agent', () => {
  const config = {
    agent: 'order-desk@prod',
    input: 'Order {{ input.order }}',
    limits: { maxSteps: 3 },
  }

  test('asks for an execution, for whoever has started the run', () => {
    const node = nodeType('agent')
    if (node.kind !== 'task') throw new Error('not a task')
    const caller = { principals: ['user:usr_1'], seesAll: false }
    const scope = { ...emptyScope, input: { order: 7 } }
    const task = { taskKey: 'run_1/agent', attempt: 2 } as TaskRef

    expect(node.message(configure('agent', config), scope, task, caller)).toMatchObject({
      ...{ queue: 'agent', name: 'task.run-agent', key: 'task.run-agent.run_1/agent#2' },
      payload: {
        input: { agent: 'order-desk@prod', input: 'Order 7', limits: { maxSteps: 3 } },
        caller,
      },
    })
    const isTrusted = (more: object) =>
      Object(node.message(configure('agent', { ...config, ...more }), scope, task).payload).input
        .isTrusted
    expect(isTrusted({})).toBeUndefined()
    expect(isTrusted({ trustInput: true })).toBe(true)
    expect(isTrusted({ input: 'Say hello' })).toBe(true)
    expect(node.maxCostMicroUsd?.({ limits: { maxCostMicroUsd: 5 } })).toBe(5)
  })

  test.each([{ agent: 'No Such' }, { limits: { maxSteps: 0 } }, { limits: { timeoutMs: 1 } }])(
    'does not take %j',
    (wrong) => {
      expect(accepts('agent', { ...config, ...wrong })).toBe(false)
    },
  )
})
