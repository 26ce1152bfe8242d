import { describe, expect, test } from 'vitest'
import {
  modelCalled,
  modelCallFailed,
  recorded,
  runCompleted,
  runFailed,
  runIdOf,
  runStarted,
  workflowIdOf,
} from '../testing/events.ts'
import { factsOf } from './facts.ts'

describe('facts', () => {
  test('of a run are its start and its end, whichever comes first', () => {
    const started = runStarted({ g: 1 })
    const failed = runFailed({ g: 2 })

    const facts = factsOf('workflow', [failed, started])

    expect(facts.runStarts).toMatchObject([{ runId: runIdOf(1), workflowId: workflowIdOf(1) }])
    expect(facts.runEnds).toMatchObject([
      { runId: runIdOf(1), status: 'failed', errorCode: 'model.unavailable', failedNodeId: 'ask' },
    ])
    expect(factsOf('workflow', [started, failed, started])).toEqual(facts)
  })

  test('of several ends of a run are the one with the highest version', () => {
    const failed = runFailed({ g: 2, version: 5 })
    const completed = runCompleted({ g: 3, version: 8 })

    for (const events of [
      [failed, completed],
      [completed, failed],
    ]) {
      expect(factsOf('workflow', events).runEnds).toMatchObject([{ status: 'completed' }])
    }
  })

  test('of a call that failed are no tokens and no cost', () => {
    expect(factsOf('agent', [modelCallFailed({ g: 4 })]).modelCalls).toMatchObject([
      { g: 4, errorCode: 'model.unavailable', inputTokens: 0, outputTokens: 0, costMicroUsd: 0 },
    ])
  })

  test.each([
    ['a search of a run', { runId: 'run_1', workflowId: 'wf_1' }, ['run_1', 'wf_1']],
    ['a search of an agent', { runId: 'exe_1', agentId: 'agt_1' }, ['exe_1', 'agt_1']],
    ['documents', { keyId: 'key_1' }, ['', 'knowledge']],
  ])('of vectors for %s are a call of their model', (_name, spender, [runId, workflowId]) => {
    const usage = { model: 'small', inputTokens: 12, outputTokens: 0, costMicroUsd: 3 }
    const data = { kind: 'embedding', ...spender, usage, durationMs: 40 }
    const facts = factsOf('agent', [recorded('call.paid', { g: 5, version: 1 }, data)])

    const call = { g: 5, runId, workflowId, nodeId: '', attempt: 1, errorCode: null, ...usage }
    expect(facts.modelCalls).toMatchObject([call])
    expect(facts.unreadable).toEqual([])
  })

  test('of a call with an event of its own are what came of it from that, and what it cost from others', () => {
    const usage = { model: 'demo', inputTokens: 10, outputTokens: 5, costMicroUsd: 7 }
    const spender = { runId: runIdOf(1), workflowId: workflowIdOf(1) }
    const paid = (g: number, data: object) =>
      recorded(
        'call.paid',
        { g, version: 1 },
        { kind: 'node', ...spender, usage, durationMs: 4, ...data },
      )
    const called = modelCalled({ g: 3, usage })
    const { isUntold: _, ...data } = called.data

    const { modelCalls } = factsOf('agent', [paid(1, {}), paid(2, {}), { ...called, data }])
    expect(modelCalls).toMatchObject([
      { g: 1, isPart: true, ...usage, ...spender },
      { g: 2, isPart: true, ...usage, ...spender },
      { g: 3, isPart: false, inputTokens: 0, outputTokens: 0, costMicroUsd: 0, durationMs: 300 },
    ])
  })

  test('of a call that was told in full before it was known are the difference', () => {
    const usage = { model: 'demo', inputTokens: 10, outputTokens: 5, costMicroUsd: 7 }
    const data = { kind: 'helper', usage, correctsMicroUsd: 60, durationMs: 4 }
    const [fact] = factsOf('agent', [recorded('call.paid', { g: 1, version: 2 }, data)]).modelCalls
    expect(fact).toMatchObject({ isPart: true, costMicroUsd: -53, workflowId: 'helper' })
  })

  test('do not come from a type that we do not count, whatever its form', () => {
    const events = [
      recorded('run.paused', { g: 1, version: 2 }, { anything: true }),
      recorded('http.requested', { g: 2, version: 3 }, {}),
    ]
    const nothing = { runStarts: [], runEnds: [], modelCalls: [], unreadable: [] }

    expect(factsOf('workflow', events)).toEqual(nothing)
    expect(factsOf('agent', events)).toEqual(nothing)
  })

  test.each([
    ['data of another form', { ...modelCalled({ g: 1 }), data: {} }],
    ['more tokens than can be counted', modelCalled({ g: 1, usage: { inputTokens: 2 ** 60 } })],
    ['a time that is none', modelCalled({ g: 1, at: '2026-06-30T23:59:60Z' })],
  ])('say that an event is unreadable which has %s', (_what, event) => {
    expect(factsOf('agent', [event])).toMatchObject({ modelCalls: [], unreadable: [event] })
  })

  test('hold no text that cannot be stored', () => {
    const event = modelCalled({ g: 1, usage: { model: `a\0b\uD800${'c'.repeat(300)}` } })

    const [call] = factsOf('agent', [event]).modelCalls

    expect(call?.model).toBe(`a\uFFFDb\uFFFD${'c'.repeat(196)}`)
  })

  test('name a model that its call does not name', () => {
    const event = modelCalled({ g: 1, usage: { model: undefined } })

    expect(factsOf('agent', [event]).modelCalls).toMatchObject([{ model: 'unknown' }])
  })
})
