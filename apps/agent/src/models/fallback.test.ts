import {
  failing,
  type Reply,
  rateLimited,
  type ScriptedModel,
  startScriptedModel,
  text,
  truncated,
} from '@dure/scripted-model'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createBreakers } from './breakers.ts'
import { failedCallOf, type ModelDelta } from './model-call.ts'
import { callFor } from './testing/call.ts'
import { callerOf, modelsAt } from './testing/caller.ts'

let server: ScriptedModel
beforeAll(async () => {
  server = await startScriptedModel()
})
afterAll(() => server.close())

const down = failing(503, { retryAfterS: 0 })
const tooLong = failing(400, { message: "This model's maximum context length is 100 tokens" })

function start(options: Parameters<typeof callerOf>[1] = {}) {
  const own = (name: string, models: object[]) => ({
    ...{ name, kind: 'openai-compatible', baseUrl: server.baseUrl, models },
  })
  const providers = [
    own('one', [{ id: 'first', contextTokens: 100, inputMicroUsd: 1, outputMicroUsd: 1 }]),
    own('two', [
      { id: 'second', contextTokens: 1000 },
      { id: 'small', contextTokens: 50 },
    ]),
  ]
  return callerOf(modelsAt('', { MODEL_PROVIDERS: JSON.stringify(providers) }), options)
}

/** What each model answers; what the first one says goes on for ever. */
function script(first: Reply, others: Reply = text('from the other')) {
  server.rewrite(({ model }) => (model === 'first' ? first : others))
}

const asked = () => server.calls.map(({ model }) => model)

describe('a fallback', () => {
  test.each([
    ['is down', down],
    ['asks to wait for longer than there is time', rateLimited(60)],
    ['answers with something broken', truncated()],
    ['breaks off with an error', truncated({ by: 'error-event' })],
  ])('answers when the wanted model %s', async (_what, reply) => {
    script(reply)
    const deltas: ModelDelta[] = []
    const {
      text: said,
      model,
      provider,
    } = await start().call(
      callFor({
        ...{ models: ['first', 'second'], timeoutMs: 10_000 },
        onDelta: (delta) => deltas.push(delta),
      }),
    )

    expect({ said, model, provider }).toEqual({
      ...{ said: 'from the other', model: 'second', provider: 'two' },
    })
    const whole = deltas.slice(deltas.findLastIndex(({ type }) => type === 'restart') + 1)
    expect(whole.map((delta) => ('text' in delta ? delta.text : '')).join('')).toBe(said)
  })

  test('with a larger window answers when the prompt is too long', async () => {
    script(tooLong)
    const models = ['first', 'small', 'second']

    expect(await start().call(callFor({ models }))).toMatchObject({ model: 'second' })
    expect(asked()).toEqual(['first', 'second'])
    const refused = start().call(callFor({ models: ['first', 'small'] }))
    await expect(refused).rejects.toMatchObject({ code: 'model.prompt-too-long', kind: 'invalid' })
  })

  test.each([400, 401, 404])('is not asked what is refused with %i', async (status) => {
    script(failing(status))
    const refused = start().call(callFor({ models: ['first', 'second'] }))

    await expect(refused).rejects.toMatchObject({ code: 'model.refused-request' })
    expect(asked()).toEqual(['first'])
  })

  test('that fails, too, says what it took in all', async () => {
    script(truncated({ reportsUsage: true }), truncated({ reportsUsage: true }))
    const failure = await start()
      .call(callFor({ models: ['first', 'second'] }))
      .catch((error) => error)

    expect(failedCallOf(failure)).toMatchObject({
      ...{ model: 'second', usage: { inputTokens: 2 * asked().length } },
    })
  })
})

describe('a model that fails again and again', () => {
  test('is spared for a while, and then tried again', async () => {
    const breakers = createBreakers({ prefix: 'x', limits: { minResults: 6, openMs: 1000 } })
    const caller = start({ breakers })
    const ask = (models: string[]) => caller.call(callFor({ models }))
    script(down)
    await ask(['first', 'second'])
    await ask(['first', 'second'])
    const before = asked().filter((name) => name === 'first').length
    const spared = await ask(['first', 'second'])

    expect(before).toBe(6)
    expect(spared.model).toBe('second')
    expect(asked().filter((name) => name === 'first')).toHaveLength(before)
    await expect(ask(['first'])).rejects.toMatchObject({
      ...{ code: 'model.unavailable', retryAfterS: expect.any(Number) },
    })

    script(text('well again'))
    const again = async (): Promise<string> => {
      const { model } = await ask(['first', 'second'])
      return model === 'first' ? model : again()
    }
    expect(await again()).toBe('first')
  })
})
