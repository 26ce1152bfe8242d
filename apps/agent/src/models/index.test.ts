import { describe, expect, test } from 'vitest'
import { modelsAt } from './testing/caller.ts'

const PROVIDERS = [
  { name: 'acme', kind: 'openai', apiKey: 'sk-secret', models: ['gpt-4.1', 'gpt-4o'] },
  {
    ...{ name: 'lab', kind: 'ollama' },
    models: ['qwen3', { id: 'gpt-4o', contextTokens: 5, inputMicroUsd: 7, outputMicroUsd: 9 }],
  },
]
const day = new Date('2026-03-01T12:00:00Z')

function models(config: Parameters<typeof modelsAt>[1] = {}, baseUrl = '') {
  return modelsAt(baseUrl, { MODEL_PROVIDERS: JSON.stringify(PROVIDERS), ...config })
}

describe('a model', () => {
  test.each([
    ['acme/gpt-4o', 'acme', 'gpt-4o'],
    ['lab/gpt-4o', 'lab', 'gpt-4o'],
    ['gpt-4.1', 'acme', 'gpt-4.1'],
    ['qwen3', 'lab', 'qwen3'],
    ['lab/meta/llama', 'lab', 'meta/llama'],
  ])('is found by %s', (name, provider, id) => {
    expect(models().choose(name)).toMatchObject({ id, provider: { name: provider } })
  })

  test('that several have is to be named with its provider', () => {
    expect(() => models().choose('gpt-4o')).toThrow(
      expect.objectContaining({ code: 'model.ambiguous' }),
    )
  })

  test('that nobody names is to be named with its provider, unless there is only one', () => {
    expect(() => models().choose('other')).toThrow(
      expect.objectContaining({ code: 'model.not-configured' }),
    )
    expect(modelsAt('http://model.example/v1').choose('meta/llama')).toMatchObject({
      ...{ id: 'meta/llama', provider: { name: 'openai' } },
    })
  })

  test('can do and costs what the table says, or what the operator knows better', () => {
    const known = models().choose('acme/gpt-4o')
    const own = models().choose('lab/gpt-4o')

    expect(known.capabilities).toMatchObject({ jsonSchema: true, contextTokens: 128_000 })
    expect(known.priceAt(day)).toMatchObject({ isAssumed: false, price: { outputMicroUsd: 1e7 } })
    expect(own.capabilities).toMatchObject({ jsonSchema: true, contextTokens: 5 })
    expect(own.priceAt(day)).toMatchObject({ price: { inputMicroUsd: 7, outputMicroUsd: 9 } })
  })

  test('that runs on one’s own machine is free, and one that nobody knows is not', () => {
    expect(models().choose('qwen3').priceAt(day)).toMatchObject({
      ...{ isAssumed: false, price: { inputMicroUsd: 0, outputMicroUsd: 0 } },
    })
    expect(models().choose('acme/next').priceAt(day)).toMatchObject({
      ...{ isAssumed: true, price: { inputMicroUsd: 15_000_000 } },
    })
  })

  test('of MODEL_DEFAULT comes first in the list, once', () => {
    const listed = models({ MODEL_DEFAULT: 'lab/qwen3' }).list()

    expect(listed.map(({ id, provider }) => `${provider.name}/${id}`)).toEqual([
      ...['lab/qwen3', 'acme/gpt-4.1', 'acme/gpt-4o', 'lab/gpt-4o'],
    ])
  })
})

describe('MODEL_PROVIDERS', () => {
  test('is shown without its keys', () => {
    expect(JSON.stringify(models().providers)).not.toContain('sk-secret')
  })

  test.each([
    ['no JSON', '{', 'no JSON'],
    ['no list', '{}', 'MODEL_PROVIDERS'],
    ['an unknown kind', '[{"name":"x","kind":"y","apiKey":"sk-secret"}]', '/0'],
    ['an unknown field', '[{"name":"x","kind":"openai","key":"sk-secret"}]', '/0'],
    ['no address', '[{"name":"x","kind":"azure"}]', 'baseUrl'],
    ['no region', '[{"name":"x","kind":"bedrock"}]', 'region'],
    ['a name twice', '[{"name":"x","kind":"openai"},{"name":"x","kind":"google"}]', 'twice'],
  ])('with %s is refused at the start, and repeated nowhere', (_what, text, hint) => {
    const refused = (() => {
      try {
        return modelsAt('', { MODEL_PROVIDERS: text })
      } catch (error) {
        return String(error)
      }
    })()

    expect(refused).toContain(hint)
    expect(refused).not.toContain('sk-secret')
  })

  test('may not name the provider of MODEL_BASE_URL once more', () => {
    expect(() => models({ MODEL_PROVIDER: 'acme' }, 'http://model.example/v1')).toThrow('acme')
  })
})
