import { INTERNAL_HEADERS } from '@dure/contracts'
import { createService } from '@dure/platform'
import { silentLog, testIdentity } from '@dure/platform/testing'
import { importPKCS8, SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type AgentUnderTest, startAgent } from '../tasks/testing/agent.ts'
import { UNKNOWN } from './capabilities.ts'
import type { ModelsConfig } from './index.ts'
import { modelRoutes } from './routes.ts'
import { modelsAt } from './testing/caller.ts'

let agent: AgentUnderTest
beforeAll(async () => {
  agent = await startAgent({ ROLE: 'api' })
})
afterAll(() => agent.close())

const list = (headers: Record<string, string>) =>
  agent.app.inject({ method: 'GET', url: '/v1/models', headers })

describe('GET /v1/models', () => {
  test('200: the configured model, with its price, and whether it is the demo', async () => {
    const response = await list(await agent.identity.headers('agent'))

    expect(response.statusCode).toBe(200)
    expect(response.json()).toEqual({
      data: [
        {
          id: 'demo',
          provider: 'openai',
          isDefault: true,
          isDemo: true,
          capabilities: { ...UNKNOWN, contextTokens: 128_000, maxOutputTokens: 4096 },
          price: { from: '2025-01-01', inputMicroUsd: 1_000_000, outputMicroUsd: 2_000_000 },
        },
      ],
      nextCursor: null,
    })
  })

  test.each([
    ['a real model with a price', 'gpt-4.1', { isDemo: false, price: { from: '2025-04-14' } }],
    ['a model whose price nobody knows', 'my-own', { isDemo: false, price: null }],
  ])('200: %s', async (_what, id, seen) => {
    const data = await listOf({ MODEL_BASE_URL: 'http://model.example/v1', MODEL_DEFAULT: id })

    expect(data).toMatchObject([{ id, ...seen }])
  })

  test.each([
    ['no provider', { MODEL_BASE_URL: '', MODEL_DEFAULT: 'demo' }],
    ['no default model', { MODEL_BASE_URL: 'http://model.example/v1', MODEL_DEFAULT: '' }],
  ])('200: an empty list with %s', async (_what, config) => {
    expect(await listOf(config)).toEqual([])
  })

  test('401: without an identity, or with one that is foreign or expired', async () => {
    const strangers = [
      {},
      await expired(),
      { [INTERNAL_HEADERS.identity]: 'nonsense' },
      await agent.identity.headers('workflow'),
      await testIdentity().headers('agent'),
    ]

    for (const headers of strangers) {
      const response = await list(headers)
      expect(response.statusCode).toBe(401)
      expect(response.json()).toMatchObject({
        code: expect.stringMatching(/^identity\.(missing|invalid)$/),
      })
    }
  })

  test('403: the key lacks the scope', async () => {
    const response = await list(await agent.identity.headers('agent', { scopes: ['runs:write'] }))

    expect(response.statusCode).toBe(403)
    expect(response.json()).toMatchObject({ code: 'key.scope-missing' })
  })
})

test('GET /v1/providers 200: how each provider does, without its keys', async () => {
  const headers = await agent.identity.headers('agent', { scopes: ['models:use'] })
  const response = await agent.app.inject({ method: 'GET', url: '/v1/providers', headers })

  expect(response.statusCode).toBe(200)
  expect(response.json()).toEqual({
    data: [
      {
        ...{ name: 'openai', kind: 'openai-compatible', limits: {} },
        pausedUntil: null,
        breakers: [],
      },
    ],
    nextCursor: null,
  })
})

test('a process that only serves requests does not wait for a consumer to be ready', async () => {
  const response = await agent.app.inject({ method: 'GET', url: '/readyz' })

  expect(response.statusCode).toBe(200)
  expect(Object.keys(response.json().checks)).toEqual(['postgres', 'redis'])
})

async function expired() {
  const { identity, privateKey } = agent.identity
  const key = await importPKCS8(Buffer.from(privateKey, 'base64').toString(), 'EdDSA')
  const token = await new SignJWT({ identity })
    .setProtectedHeader({ alg: 'EdDSA' })
    .setIssuer('dure-gateway')
    .setAudience('agent')
    .setIssuedAt(1_700_000_000)
    .setExpirationTime(1_700_000_060)
    .sign(key)
  return { [INTERNAL_HEADERS.identity]: token }
}

async function listOf(config: Partial<ModelsConfig>) {
  const models = modelsAt('', config)
  const verifier = { verify: async () => agent.identity.identity }
  const app = await createService({ name: 'agent', log: silentLog(), verifier })
  const governor = { pausedUntil: async () => undefined }
  const breakers = { view: async () => [] }
  await app.register(modelRoutes, { prefix: '/v1', models, governor, breakers })
  const response = await app.inject({ method: 'GET', url: '/v1/models' })
  await app.close()
  return response.json().data
}
