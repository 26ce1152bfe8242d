import type { ExecutionEvent } from '@dure/contracts'
import { describe, expect, test } from 'vitest'
import { evolve, NOTHING_YET, nextAction } from './execution.ts'

const limits = { maxSteps: 3, maxTokens: 1000, maxCostMicroUsd: 1000, timeoutMs: 60_000 }
const calm = { limits, isOverdue: false, isCancelled: false }

const started: ExecutionEvent = {
  type: 'execution.started',
  agentId: 'agt_1',
  agentVersion: 1,
  messages: [{ role: 'user', content: 'Hi' }],
}

function answered(step: number, changes: { text?: string; calls?: number; tokens?: number } = {}) {
  const { text = '', calls = 0, tokens = 10 } = changes
  return {
    type: 'execution.model-answered',
    ...{ step, agentId: 'agt_1', text, provider: 'openai', finishReason: 'stop', durationMs: 1 },
    toolCalls: Array.from({ length: calls }, (_, index) => ({
      id: 'call_1',
      name: 'probe',
      input: { index },
    })),
    usage: { model: 'demo', inputTokens: tokens, outputTokens: 1, costMicroUsd: 5 },
  } satisfies ExecutionEvent
}

function toolAnswered(callId: string, changes: { isUntrusted?: boolean } = {}): ExecutionEvent {
  const output = { callId }
  return {
    type: 'execution.tool-answered',
    ...{ step: 1, callId, name: 'probe', status: 'succeeded', output, durationMs: 1 },
    isUntrusted: changes.isUntrusted ?? false,
  }
}

const stateAfter = (...events: ExecutionEvent[]) => events.reduce(evolve, NOTHING_YET)
const actionAfter = (...events: ExecutionEvent[]) => nextAction(stateAfter(...events), calm)

describe('an execution', () => {
  test('calls the model, the tools that it asks for, the model again, and ends', () => {
    expect(actionAfter(started)).toEqual({ kind: 'call-model', step: 1 })
    const asked = [started, answered(1, { calls: 2 })]
    expect(actionAfter(...asked)).toMatchObject({
      kind: 'call-tools',
      calls: [{ callId: 'c1_0' }, { callId: 'c1_1', input: { index: 1 } }],
    })
    expect(actionAfter(...asked, toolAnswered('c1_1'))).toMatchObject({
      calls: [{ callId: 'c1_0' }],
    })
    const step = [...asked, toolAnswered('c1_1'), toolAnswered('c1_0')]
    expect(actionAfter(...step)).toEqual({ kind: 'call-model', step: 2 })
    expect(actionAfter(...step, answered(2, { text: 'done' }))).toEqual({
      kind: 'finish',
      ending: { status: 'succeeded', output: 'done' },
    })
  })

  test('tells the model results in the order of its calls, whichever came first', () => {
    const { messages } = stateAfter(
      ...[started, answered(1, { text: 'Let me see', calls: 2 })],
      ...[toolAnswered('c1_1'), toolAnswered('c1_0')],
    )
    expect(messages).toMatchObject([
      { role: 'user', content: 'Hi' },
      {
        role: 'assistant',
        content: [{ type: 'text' }, { toolCallId: 'c1_0' }, { toolCallId: 'c1_1' }],
      },
      { role: 'tool', content: [{ toolCallId: 'c1_0' }, { toolCallId: 'c1_1' }] },
    ])
  })

  test('waits for what was sent, and for people', () => {
    const asked = [started, answered(1, { calls: 1 })]
    const call = { step: 1, callId: 'c1_0', name: 'probe' }
    expect(actionAfter(...asked, { type: 'execution.tool-sent', ...call })).toEqual({
      kind: 'wait',
    })
    const requested: ExecutionEvent = {
      ...{ type: 'execution.approval-requested', ...call, input: {}, reason: 'writes' },
      hash: 'h',
    }
    expect(actionAfter(...asked, requested)).toEqual({ kind: 'wait' })
    const decided: ExecutionEvent = {
      ...{ type: 'execution.approval-decided', callId: 'c1_0', decision: 'reject', hash: 'h' },
      decidedBy: 'usr_1',
    }
    expect(actionAfter(...asked, requested, decided)).toMatchObject({
      kind: 'call-tools',
      calls: [{ approval: { decision: 'reject' } }],
    })
  })

  test('what came from outside taints the calls that come after it, and not those beside it', () => {
    const asked = stateAfter(started, answered(1, { calls: 2 }))
    const read = evolve(asked, toolAnswered('c1_0', { isUntrusted: true }))
    expect([read.wasTainted, read.isTainted]).toEqual([false, true])
    const next = [toolAnswered('c1_1'), answered(2, { calls: 1 })].reduce(evolve, read)
    expect(next.wasTainted).toBe(true)
  })

  test.each([
    ['steps', [answered(3, { calls: 1, text: 'still' }), toolAnswered('c3_0')], 'agent.max-steps'],
    ['tokens', [answered(1, { calls: 1, tokens: 999 }), toolAnswered('c1_0')], 'agent.max-tokens'],
  ])('ends when it has had its %s', (_what, events, code) => {
    expect(actionAfter(started, ...events)).toMatchObject({
      kind: 'finish',
      ending: { status: 'failed', error: { code } },
    })
  })

  test('that was cancelled, or is late, ends with what was said so far', () => {
    const state = stateAfter(started, answered(1, { text: 'So far', calls: 1 }))
    expect(nextAction(state, { ...calm, isCancelled: true })).toEqual({
      kind: 'finish',
      ending: { status: 'cancelled', partial: 'So far' },
    })
    expect(nextAction(state, { ...calm, isOverdue: true })).toMatchObject({
      ending: { partial: 'So far', error: { code: 'agent.timed-out' } },
    })
    const wordless = [toolAnswered('c1_0'), answered(2, { calls: 1 })].reduce(evolve, state)
    expect(nextAction(wordless, { ...calm, isCancelled: true })).toMatchObject({
      ending: { partial: 'So far' },
    })
  })
})
