import type { TaskRef } from '@dure/contracts'
import { describe, expect, test } from 'vitest'
import { variantOf } from './define.ts'
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

  test('like every node that costs money, it says who has started the run', () => {
    const caller = { principals: ['key:key_1'], seesAll: false, spender: { keyId: 'key_1' } }
    const rules = [{ check: 'moderation' }]
    const nodes = {
      agent: { agent: 'desk', input: 'Hi' },
      multi_agent: { team: 'desk', input: 'Hi' },
      llm: { prompt: 'Hi' },
      guardrail: { text: 'Hi', rules },
      retrieve: { knowledgeBaseIds: [`kb_${'1'.repeat(32)}`], query: 'Hi' },
    }
    for (const [type, asked] of Object.entries(nodes)) {
      const configured = configure(type, asked)
      const node = variantOf(nodeType(type), configured)
      if (node.kind !== 'task') throw new Error('not a task')
      const task = { taskKey: 'run_1/node', attempt: 1 } as TaskRef
      expect(node.message(configured, emptyScope, task, caller).payload).toMatchObject({ caller })
    }
  })

  test('a team is asked in the same way, for its part of the money', () => {
    const node = nodeType('multi_agent')
    if (node.kind !== 'task') throw new Error('not a task')
    const task = { taskKey: 'run_1/team', attempt: 1 } as TaskRef
    const wanted = { team: 'newsroom', input: '{{ input.topic }}', maxCostMicroUsd: 9 }
    const configured = configure('multi_agent', wanted)
    expect(node.message(configured, { ...emptyScope, input: { topic: 'Busan' } }, task)).toEqual(
      expect.objectContaining({
        ...{ queue: 'agent', name: 'task.run-team', key: 'task.run-team.run_1/team#1' },
        payload: { task, input: { team: 'newsroom', input: 'Busan', maxCostMicroUsd: 9 } },
      }),
    )
    expect(node.maxCostMicroUsd?.(configured)).toBe(9)
    expect(accepts('multi_agent', { ...wanted, team: 'No Team' })).toBe(false)
  })

  test('tells it what was said before', () => {
    const node = nodeType('agent')
    if (node.kind !== 'task') throw new Error('not a task')
    const said = [
      { role: 'system', content: 'Be kind' },
      { role: 'user', content: 'Hi' },
    ]
    const ask = (history: unknown, order: unknown = 7) => {
      const input = { order, history }
      const configured = configure('agent', { ...config, history: 'input.history' })
      return node.message(configured, { ...emptyScope, input }, {} as TaskRef).payload
    }
    expect(ask(said)).toMatchObject({ input: { input: 'Order 7', history: said } })
    for (const wrong of ['Hi', [{ role: 'tool', content: 'x' }], [{ role: 'user', content: '' }]]) {
      expect(() => ask(wrong)).toThrow('`history` must give')
    }
    expect(() => ask(said, 'x'.repeat(200_001))).toThrow('`input` must give')
  })

  test.each([{ agent: 'No Such' }, { limits: { maxSteps: 0 } }, { limits: { timeoutMs: 1 } }])(
    'does not take %j',
    (wrong) => {
      expect(accepts('agent', { ...config, ...wrong })).toBe(false)
    },
  )
})
