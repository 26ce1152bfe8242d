import pg from 'pg'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type System, startTestSystem, until } from './system.ts'

// Processes are started here, on machines that may be slow.
vi.setConfig({ testTimeout: 120_000 })

let system: System
let gateways: readonly string[]
const written: string[] = []
beforeAll(async () => {
  system = await startTestSystem({
    agent: {},
    onLine: (line) => void written.push(line),
    // A gateway that does not hear from Redis in time lets some more through; a busy machine is no reason.
    own: { gateway: { LIMITS_TIMEOUT_MS: '5000' } },
  })
  gateways = [system.url, await system.addReplicas('gateway')]
}, 120_000)
afterAll(() => system?.close())

interface Key {
  readonly id: string
  readonly key: string
  readonly start: string
  readonly last4: string
}

async function create(name: string, scopes: readonly string[]): Promise<Key> {
  const created = await system.call<Key>('POST', '/v1/api-keys', { name, scopes })
  expect(created.status).toBe(201)
  expect(created.headers.get('cache-control')).toBe('no-store')
  return created.body
}

function ask(
  gateway: string,
  { key }: Pick<Key, 'key'>,
  path = '/v1/workflows',
  init: RequestInit = {},
) {
  const headers = { authorization: `Bearer ${key}`, ...init.headers }
  return fetch(gateway + path, { ...init, headers, signal: AbortSignal.timeout(30_000) })
}

async function refusal(answer: Response): Promise<[number, string]> {
  return [answer.status, ((await answer.json()) as { code: string }).code]
}

test('a key is shown once, and does what its scopes say and nothing else', async () => {
  const made = await create('reader', ['workflows:read'])
  for (const path of [`/v1/api-keys/${made.id}`, '/v1/api-keys']) {
    const shown = await system.call('GET', path)
    expect(JSON.stringify(shown.body)).not.toContain(made.key)
  }
  const shown = await system.call<Key>('GET', `/v1/api-keys/${made.id}`)
  expect(shown.body).toMatchObject({ start: made.key.slice(0, 14), last4: made.key.slice(-4) })

  expect((await ask(gateways[0] ?? '', made)).status).toBe(200)
  const headers = { 'content-type': 'application/json' }
  const write = await ask(gateways[0] ?? '', made, '/v1/workflows', {
    method: 'POST',
    body: '{}',
    headers,
  })
  expect(await refusal(write)).toEqual([403, 'key.scope-missing'])
})

test('of two gateways together, a key gets no more than its limit, and hears when it may come again', async () => {
  const made = await create('greedy', ['workflows:read'])
  const policies = { few: { kind: 'rate', per: 'key', limit: 60, periodS: 60, burst: 40 } }
  expect((await system.call('PUT', '/v2/quotas', { policies })).status).toBe(200)
  // From now on the limit holds at both.
  for (const gateway of gateways) {
    await until(async () => {
      const answer = await ask(gateway, made)
      return answer.headers.get('ratelimit-policy')?.includes('"few";q=60;w=60') === true
    }, `${gateway} knows the limit`)
  }
  const fresh = await create('greedy too', ['workflows:read'])
  const startedAt = performance.now()
  const answers = await Promise.all(
    Array.from({ length: 120 }, (_, n) => ask(gateways[n % 2] ?? '', fresh)),
  )
  const elapsedS = (performance.now() - startedAt) / 1000
  const admitted = answers.filter(({ status }) => status === 200).length
  // GCRA: the burst, and one for each second since.
  expect(admitted).toBeGreaterThan(0)
  expect(admitted).toBeLessThanOrEqual(40 + Math.ceil(elapsedS))
  const refused = answers.filter(({ status }) => status === 429)
  expect(refused.length).toBe(answers.length - admitted)
  for (const answer of refused) {
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThanOrEqual(1)
    expect(answer.headers.get('ratelimit')).toMatch(/^"few";r=0;t=\d+/)
    expect(await refusal(answer)).toEqual([429, 'limits.exceeded'])
  }
  expect((await system.call('PUT', '/v2/quotas', { policies: {} })).status).toBe(200)
})

test('a key that is replaced goes on for as long as was said, and its successor after it', async () => {
  const old = await create('rotated', ['workflows:read'])
  const rotate = `/v1/api-keys/${old.id}/rotate`
  const rotated = await system.call<Key>('POST', rotate, { overlap: 'PT5S' })
  expect(rotated.status).toBe(201)
  for (const gateway of gateways) expect((await ask(gateway, rotated.body)).status).toBe(200)
  for (const gateway of gateways) {
    await until(async () => (await ask(gateway, old)).status === 401, 'the old key has ended')
    expect(await refusal(await ask(gateway, old))).toEqual([401, 'key.expired'])
    expect((await ask(gateway, rotated.body)).status).toBe(200)
  }
})

test('a key that is revoked is refused by both, and when it was used last is known', async () => {
  const made = await create('short-lived', ['workflows:read'])
  for (const gateway of gateways) expect((await ask(gateway, made)).status).toBe(200)
  await until(async () => {
    const shown = await system.call<{ lastUsedAt: string | null }>('GET', `/v1/api-keys/${made.id}`)
    return shown.body.lastUsedAt !== null
  }, 'the use of the key is written down')
  const revoked = await ask(gateways[0] ?? '', { key: system.apiKey }, `/v1/api-keys/${made.id}`, {
    method: 'DELETE',
  })
  expect(revoked.status).toBe(204)
  for (const gateway of gateways) {
    await until(async () => (await ask(gateway, made)).status === 401, 'the key is refused')
  }
})

test('nothing that is stored or written down holds a key', async () => {
  const made = await create('secret', ['workflows:read'])
  await ask(gateways[0] ?? '', made, `/v1/workflows?cursor=${made.key}`)
  const secret = made.key.slice(21)
  const stored = await everythingIn(system)
  expect(stored).toContain(made.id)
  expect(stored).not.toContain(secret)
  expect(written.join('\n')).not.toContain(secret)
})

/** Every row of every table of the gateway, as text: whoever asks is above row level security. */
async function everythingIn({ adminUrl, databaseUrls }: System): Promise<string> {
  const url = new URL(adminUrl)
  url.pathname = new URL(databaseUrls.gateway).pathname
  const client = new pg.Client({ connectionString: url.href })
  await client.connect()
  try {
    const { rows: tables } = await client.query<{ name: string }>(
      `SELECT quote_ident(tablename) AS name FROM pg_tables WHERE schemaname = 'public'`,
    )
    const texts: string[] = []
    for (const { name } of tables) {
      const { rows } = await client.query<{ text: string }>(`SELECT t::text AS text FROM ${name} t`)
      texts.push(...rows.map(({ text }) => text))
    }
    return texts.join('\n')
  } finally {
    await client.end()
  }
}
