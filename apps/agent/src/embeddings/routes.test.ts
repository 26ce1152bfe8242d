import type { AddressInfo } from 'node:net'
import type { Identity } from '@dure/contracts'
import { eventually } from '@dure/platform/testing'
import { failing, garbage, held, rateLimited, text } from '@dure/scripted-model'
import OpenAI from 'openai'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type AgentUnderTest, startAgent } from '../tasks/testing/agent.ts'

let agent: AgentUnderTest
let client: OpenAI
beforeAll(async () => {
  agent = await startAgent({ MODEL_EMBEDDING: 'small' })
  await agent.app.listen({ host: '127.0.0.1', port: 0 })
  client = clientOf()
})
afterAll(() => agent.close())
beforeEach(() => agent.model.rewriteEmbeddings(() => undefined))

function clientOf(as: Partial<Identity> = {}): OpenAI {
  return new OpenAI({
    apiKey: 'stays at the gateway',
    baseURL: `http://127.0.0.1:${(agent.app.server.address() as AddressInfo).port}/openai/v1`,
    maxRetries: 0,
    fetch: async (url, init) => {
      const headers = new Headers(init?.headers)
      for (const [name, value] of Object.entries(await agent.identity.headers('agent', as))) {
        headers.set(name, value)
      }
      return fetch(url, { ...init, headers })
    },
  })
}

describe('embeddings', () => {
  test('are the vectors of the texts, in their order, however they are encoded', async () => {
    const input = ['환불', 'refund', '환불']
    const encoded = await client.embeddings.create({ model: 'any', input })
    const plain = await client.embeddings.create({ model: 'any', input, encoding_format: 'float' })

    expect(plain).toMatchObject({ object: 'list', model: 'any', usage: { total_tokens: 6 } })
    const [first, second, third] = plain.data.map(({ embedding }) => embedding)
    expect(first).toEqual(third)
    expect(first).not.toEqual(second)
    expect(first).toHaveLength(64)
    for (const [index, { embedding }] of encoded.data.entries()) {
      const expected = plain.data[index]?.embedding ?? []
      expect(embedding).toHaveLength(64)
      for (const [at, value] of embedding.entries()) expect(value).toBeCloseTo(expected[at] ?? 0, 6)
    }
  })

  test('are of the model that is configured, and as long as asked for', async () => {
    const { data, model } = await client.embeddings.create({
      ...({ input: 'x' } as OpenAI.EmbeddingCreateParams),
      dimensions: 3,
    })
    expect([model, data[0]?.embedding.length]).toEqual(['small', 3])
  })

  test.each([
    ['nothing', { input: '' }, 'input'],
    ['no texts', { input: [] }, 'input'],
    ['tokens', { input: [1, 2] }, expect.stringMatching(/^input/)],
    ['too many texts', { input: Array.from({ length: 2049 }, () => 'x') }, 'input'],
    ['another encoding', { input: 'x', encoding_format: 'hex' }, 'encoding_format'],
  ])('of %s are refused', async (_name, body, param) => {
    const asking = client.embeddings.create({ model: 'any', ...body } as never)
    const thrown = await asking.catch((caught) => caught)
    expect(thrown).toBeInstanceOf(OpenAI.BadRequestError)
    expect(thrown).toMatchObject({ type: 'invalid_request_error', param })
  })

  test.each([
    ['does not know the model', failing(404), 404, 'model_not_found'],
    ['refuses the request', failing(400), 400, 'model_refused_request'],
    ['answers with something else', text('Hello'), 503, 'model_bad_response'],
    ['answers with garbage', garbage(), 503, 'model_bad_response'],
  ])('fail when the provider %s', async (_name, reply, status, code) => {
    agent.model.rewriteEmbeddings(() => reply)
    const asking = client.embeddings.create({ model: 'any', input: 'x' })
    await expect(asking).rejects.toMatchObject({ status, code })
  })

  test('come after the provider was busy for a moment, and are refused when it stays so', async () => {
    let asked = 0
    agent.model.rewriteEmbeddings(() => (asked++ === 0 ? rateLimited(0) : undefined))
    const { data } = await client.embeddings.create({ model: 'any', input: 'x' })
    expect(data).toHaveLength(1)
    agent.model.rewriteEmbeddings(() => rateLimited(0))
    await expect(client.embeddings.create({ model: 'any', input: 'x' })).rejects.toThrow(
      OpenAI.RateLimitError,
    )
  })

  test('that nobody waits for any more are not asked for any more', async () => {
    const reply = held(text('late'))
    let asked = false
    agent.model.rewriteEmbeddings(() => {
      asked = true
      return reply
    })
    const leaving = new AbortController()
    const { signal } = leaving
    const asking = client.embeddings.create({ model: 'any', input: 'x' }, { signal })
    asking.catch(() => {})
    await eventually(() => expect(asked).toBe(true))
    leaving.abort()
    await expect(asking).rejects.toThrow(OpenAI.APIUserAbortError)
    reply.release()
  })

  test('are for keys that may use models', async () => {
    const asking = clientOf({ scopes: ['runs:write'] }).embeddings.create({
      model: 'm',
      input: 'x',
    })
    await expect(asking).rejects.toThrow(OpenAI.PermissionDeniedError)
  })
})
