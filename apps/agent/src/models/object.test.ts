import {
  type Reply,
  type ScriptedModel,
  startScriptedModel,
  text,
  toolCalls,
} from '@dure/scripted-model'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { failedCallOf, type ModelDelta } from './model-call.ts'
import { objectIn } from './object.ts'
import { callFor } from './testing/call.ts'
import { callerOf, modelsAt } from './testing/caller.ts'

let model: ScriptedModel
beforeAll(async () => {
  model = await startScriptedModel()
})
afterAll(() => model.close())

const outputSchema = {
  type: 'object',
  properties: { city: { type: 'string' }, people: { type: 'integer' } },
  required: ['city', 'people'],
  additionalProperties: false,
}

function ask(script: Reply[], call: Parameters<typeof callFor>[0] = {}) {
  model.rewrite(script)
  const provider = {
    ...{ name: 'p', kind: 'openai-compatible', baseUrl: model.baseUrl },
    models: ['loose', { id: 'strict', jsonSchema: true }],
  }
  const models = modelsAt('', { MODEL_PROVIDERS: JSON.stringify([provider]) })
  return callerOf(models).call(callFor({ models: ['loose'], outputSchema, ...call }))
}

const SEOUL = text('{"city":"Seoul","people":9}')

describe('an answer in JSON', () => {
  test('is asked for by the provider where it can', async () => {
    const { object } = await ask([SEOUL], { models: ['strict'] })

    expect(object).toEqual({ city: 'Seoul', people: 9 })
    expect(model.calls[0]?.response_format).toMatchObject({
      ...{ type: 'json_schema', json_schema: { schema: outputSchema, strict: true } },
    })
  })

  test('is asked for in words where it cannot', async () => {
    const { object } = await ask([text('Sure:\n```json\n{"city":"Seoul","people":9}\n```')], {
      system: 'Be exact',
    })

    expect(object).toEqual({ city: 'Seoul', people: 9 })
    expect(model.calls[0]?.response_format).toBeUndefined()
    expect(model.calls[0]?.messages[0]).toMatchObject({
      ...{ role: 'system', content: expect.stringMatching(/^Be exact\n\n.*JSON Schema.*"city"/s) },
    })
  })

  test('is corrected by the model when it is shown what is wrong', async () => {
    const deltas: ModelDelta[] = []
    const reply = await ask([text('{"city":"Seoul"}'), SEOUL], {
      onDelta: (delta) => deltas.push(delta),
    })

    expect(reply.object).toEqual({ city: 'Seoul', people: 9 })
    expect(reply.usage.outputTokens).toBe(4 + 7)
    expect(model.calls[1]?.messages.slice(-2)).toMatchObject([
      { role: 'assistant', content: '{"city":"Seoul"}' },
      { role: 'user', content: expect.stringContaining('people') },
    ])
    expect(deltas).toContainEqual({ type: 'restart' })
  })

  test.each([
    ['does not meet the schema', '{"city":7,"people":9}'],
    ['is no JSON', 'I would rather not.'],
    ['is nothing', ''],
  ])('that still %s after two corrections is kept as what it was', async (_what, said) => {
    const failure = await ask([text(said), text(said), text(said)]).catch((error) => error)

    expect(failure).toMatchObject({
      ...{ code: 'model.schema-not-met', kind: 'invalid', details: { text: said } },
    })
    expect(failedCallOf(failure)).toMatchObject({ partial: said, model: 'loose' })
    expect(model.calls).toHaveLength(3)
  })

  test('comes after the calls of tools', async () => {
    const tool = { name: 'search', description: 'Finds', inputSchema: { type: 'object' } }
    const reply = await ask([toolCalls({ name: 'search', arguments: {} })], { tools: [tool] })

    expect(reply).not.toHaveProperty('object')
    expect(reply.toolCalls).toHaveLength(1)
  })
})

test.each([
  ['{"a":1}', { a: 1 }],
  ['Here: [1, 2]. Good?', [1, 2]],
  ['```\n{"a":1}\n```', { a: 1 }],
  ['7', 7],
  ['none', undefined],
  ['} {', undefined],
])('%j holds %j', (said, value) => {
  expect(objectIn(said)?.value).toEqual(value)
})
