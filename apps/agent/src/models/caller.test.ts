import {
  type Reply,
  type ScriptedModel,
  startScriptedModel,
  text,
  toolCalls,
  truncated,
} from '@dure/scripted-model'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { failedCallOf, type ModelDelta } from './model-call.ts'
import { callFor } from './testing/call.ts'
import { callerOf, modelsAt } from './testing/caller.ts'

let model: ScriptedModel
beforeAll(async () => {
  model = await startScriptedModel()
})
afterAll(() => model.close())

const search = {
  name: 'search',
  description: 'Finds pages',
  inputSchema: { type: 'object', properties: { query: { type: 'string' } } },
}
const clock = { name: 'clock', description: 'Tells the time', inputSchema: { type: 'object' } }

function ask(script: Reply[], call: Parameters<typeof callFor>[0] = {}) {
  model.rewrite(script)
  return callerOf(modelsAt(model.baseUrl)).call(callFor(call))
}

describe('a call of a model', () => {
  test('brings back what it said, and which model it was', async () => {
    expect(await ask([text('Hi there')], { system: 'Be brief' })).toEqual({
      text: 'Hi there',
      toolCalls: [],
      message: { role: 'assistant', content: [{ type: 'text', text: 'Hi there' }] },
      finishReason: 'stop',
      model: 'demo',
      responseModel: 'demo',
      provider: 'openai',
      usage: { inputTokens: 4, outputTokens: 2, costMicroUsd: 8 },
    })
  })

  test('offers tools in the order of their names, and brings back the calls without making them', async () => {
    const deltas: ModelDelta[] = []
    const reply = await ask(
      [
        toolCalls(
          { name: 'search', arguments: { query: '환불' } },
          { name: 'clock', arguments: {} },
        ),
      ],
      { tools: [search, clock], toolChoice: 'required', onDelta: (delta) => deltas.push(delta) },
    )

    expect(reply).toMatchObject({
      text: '',
      finishReason: 'tool-calls',
      toolCalls: [
        { id: 'call_1', name: 'search', input: { query: '환불' } },
        { id: 'call_2', name: 'clock', input: {} },
      ],
    })
    expect(deltas).toContainEqual({
      ...{ type: 'tool-input', callId: 'call_1', name: 'search' },
      text: '{"query":"환불"}',
    })
    expect(model.calls).toMatchObject([
      {
        tools: [{ function: { name: 'clock' } }, { function: { name: 'search' } }],
        tool_choice: 'required',
      },
    ])
  })

  test('keeps arguments that are no JSON as they were written', async () => {
    const { toolCalls: calls } = await ask([toolCalls({ name: 'search', raw: '{"query": ' })], {
      tools: [search],
    })

    expect(calls).toEqual([
      { id: 'call_1', name: 'search', input: undefined, invalid: '{"query": ' },
    ])
  })

  test.each([
    ['another tool', [search]],
    ['no tool', []],
  ])('brings back the call of a tool that nobody offered, where there is %s', async (_, tools) => {
    const { toolCalls: calls } = await ask([toolCalls({ name: 'rm', arguments: { path: '/' } })], {
      tools,
    })

    expect(calls).toEqual([{ id: 'call_1', name: 'rm', input: { path: '/' } }])
  })

  test('takes a conversation with the results of tools', async () => {
    await ask([text('14 days')], {
      messages: [
        { role: 'user', content: 'How long?' },
        {
          role: 'assistant',
          content: [{ type: 'tool-call', toolCallId: 'c1', toolName: 'search', input: {} }],
        },
        {
          role: 'tool',
          content: [
            {
              ...{ type: 'tool-result', toolCallId: 'c1', toolName: 'search' },
              output: { type: 'json', value: { days: 14 } },
            },
          ],
        },
      ],
      tools: [search],
    })

    expect(model.calls[0]?.messages).toMatchObject([
      { role: 'user' },
      { role: 'assistant', tool_calls: [{ id: 'c1' }] },
      { role: 'tool', tool_call_id: 'c1', content: '{"days":14}' },
    ])
  })

  test('says that what came so far is void when the answer begins anew', async () => {
    const deltas: ModelDelta[] = []
    await ask([truncated(), text('whole')], { onDelta: (delta) => deltas.push(delta) })

    const restart = deltas.findIndex(({ type }) => type === 'restart')
    expect(deltas.slice(restart)).toEqual([{ type: 'restart' }, { type: 'text', text: 'whole' }])
    expect(restart).toBeGreaterThan(0)
  })

  test('that fails says what it took, and what had come', async () => {
    const broken = truncated({ reportsUsage: true })
    const failure = await ask([broken, broken, broken]).catch((error) => error)

    expect(failure).toMatchObject({ code: 'model.bad-response' })
    expect(failedCallOf(failure)).toEqual({
      partial: 'The answer is',
      model: 'demo',
      usage: { inputTokens: 6, outputTokens: 12, costMicroUsd: 30 },
    })
  })

  test('that is aborted throws the reason, and says what had come', async () => {
    const leaving = new AbortController()
    const failure = await ask([text('one two three')], {
      signal: leaving.signal,
      onDelta: () => leaving.abort(new Error('gone')),
    }).catch((error) => error)

    expect(failure).toBe(leaving.signal.reason)
    expect(failedCallOf(failure)?.partial).toContain('one')
  })

  test('whose messages do not fit together is refused without asking', async () => {
    const unanswered = {
      role: 'assistant' as const,
      content: [{ type: 'tool-call' as const, toolCallId: 'c1', toolName: 'search', input: {} }],
    }
    const asking = ask([text('ok')], {
      messages: [{ role: 'user', content: 'x' }, unanswered, { role: 'user', content: 'y' }],
    })

    await expect(asking).rejects.toMatchObject({ code: 'model.refused-request' })
    expect(model.calls).toHaveLength(0)
  })

  test('of more tools than any provider allows is no answer', async () => {
    const many = Array.from({ length: 200 }, () => ({ name: 'clock', arguments: {} }))

    await expect(ask([toolCalls(...many)], { tools: [clock] })).rejects.toMatchObject({
      code: 'model.bad-response',
    })
  })
})
