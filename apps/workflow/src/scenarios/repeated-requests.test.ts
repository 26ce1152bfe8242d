import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Answered, type Harness, startHarness } from '../testing/harness.ts'
import { saved } from '../workflows/testing/service.ts'

let h: Harness
beforeAll(async () => {
  h = await startHarness()
})
afterAll(() => h.close())

let used = 0
const newKey = () => `key-${++used}`

const post = (url: string, key: string, body?: unknown) =>
  h.call({ method: 'POST', url, body, headers: { 'idempotency-key': key } })

const seen = async (response: Answered) => ({
  status: response.status,
  location: response.headers.get('location'),
  etag: response.headers.get('etag'),
  body: await response.text(),
})

/** Sends it twice with a key, and expects that nobody could tell the answers apart but by the mark. */
async function twice(url: string, body?: unknown) {
  const key = newKey()
  const first = await post(url, key, body)
  const again = await post(url, key, body)
  expect([first.status < 300, again.headers.get('idempotency-replayed')]).toEqual([true, 'true'])
  const answer = await seen(first)
  expect(await seen(again)).toEqual(answer)
  const other = await post(url, key, { another: 'body' })
  expect([400, 409]).toContain(other.status)
  return JSON.parse(answer.body)
}

const idsAt = async (url: string) => {
  const { data } = await (await h.call({ url })).json()
  return data.map(({ id }) => id)
}

describe('sent twice with one key', () => {
  test('workflows that are created, copied or imported are one each', async () => {
    const workflow = saved('one')
    const { id } = await twice('/v1/workflows', workflow)
    const copy = await twice(`/v1/workflows/${id}/duplicate`)
    const exported = await (await h.call({ url: `/v1/workflows/${id}/export` })).json()
    const imported = await twice('/v1/workflows/import', exported)
    expect(await idsAt('/v1/workflows')).toEqual([imported.id, copy.id, id])
  })

  test('a version is published once, and a roll-back goes one step back', async () => {
    const { id } = await (await post('/v1/workflows', newKey(), saved('none'))).json()
    for (const text of ['one', 'two', 'three']) {
      await h.call({ method: 'PUT', url: `/v1/workflows/${id}`, body: saved(text) })
      const { number } = await twice(`/v1/workflows/${id}/versions`)
      await twice(`/v1/workflows/${id}/versions/${number}/publish`)
    }
    expect(await twice(`/v1/workflows/${id}/rollback`)).toMatchObject({ publishedVersion: 2 })
    const { data } = await (await h.call({ url: `/v1/workflows/${id}/publications` })).json()
    expect(data).toHaveLength(4)
  })

  test('an alias is created once, and promoted once', async () => {
    const workflowId = await h.publish(saved('one').graph)
    await h.call({ method: 'PUT', url: `/v1/workflows/${workflowId}`, body: saved('two') })
    await h.call({ method: 'POST', url: `/v1/workflows/${workflowId}/versions` })
    const targets = [
      { version: 1, weight: 90 },
      { version: 2, weight: 10 },
    ]
    const alias = await twice('/v2/aliases', { workflowId, name: 'prod', targets })
    const led = await twice(`/v2/aliases/${alias.id}/promote`)
    expect(led.targets).toEqual([{ version: 2, weight: 100 }])
    const changes = await (await h.call({ url: `/v2/aliases/${alias.id}/changes` })).json()
    expect(changes.data).toHaveLength(2)
  })

  test('triggers are created once, with the secret that was shown, and switched', async () => {
    const workflowId = await h.publish(saved('one').graph)
    const fields = { name: 'Nightly', workflowId }
    const kinds = {
      schedules: { ...fields, cron: '0 3 * * *' },
      'event-triggers': { ...fields, eventName: 'order.paid' },
      'webhook-triggers': { ...fields, auth: { mode: 'hmac' } },
    }
    for (const [path, body] of Object.entries(kinds)) {
      const { id } = await twice(`/v1/${path}`, body)
      expect(await idsAt(`/v1/${path}`)).toEqual([id])
      expect(await twice(`/v1/${path}/${id}/disable`)).toMatchObject({ enabled: false })
    }
  })
})

test('a new version is taken by new runs at once, although it was published with a key', async () => {
  const id = await h.publish(saved('one').graph)
  const start = async () =>
    (
      await h.call({
        method: 'POST',
        url: `/v1/workflows/${id}/runs`,
        body: { mode: 'wait', input: {} },
      })
    ).json()
  expect(await start()).toMatchObject({ version: 1 })
  await h.call({ method: 'PUT', url: `/v1/workflows/${id}`, body: saved('two') })
  await post(`/v1/workflows/${id}/versions`, newKey())
  await post(`/v1/workflows/${id}/versions/2/publish`, newKey())
  expect(await start()).toMatchObject({ version: 2 })
})

test('what is refused is not kept: it may be right when it comes again', async () => {
  const key = newKey()
  const id = await h.publish(saved('one').graph)
  const url = `/v1/workflows/${id}/versions/2/publish`
  expect((await post(url, key)).status).toBe(404)
  await h.call({ method: 'PUT', url: `/v1/workflows/${id}`, body: saved('two') })
  await post(`/v1/workflows/${id}/versions`, newKey())
  expect((await post(url, key)).status).toBe(200)
})

describe('a process that is killed before an answer was kept', () => {
  /** The database ends the connection that would keep an answer, as it does after a kill. */
  async function whileKilled(work: () => Promise<void>): Promise<void> {
    const client = new pg.Client({ connectionString: h.databaseUrl })
    await client.connect()
    await client.query(`
      CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NEW; END $$;
      CREATE TRIGGER die BEFORE UPDATE ON idempotency_key FOR EACH ROW
      WHEN (NEW.answer IS NOT NULL) EXECUTE FUNCTION die()`)
    await work()
    await client.query('DROP FUNCTION die CASCADE')
    await client.end()
  }

  test('has done nothing, and whoever asks again has it done once', async () => {
    const id = await h.publish(saved('one').graph)
    await h.call({ method: 'PUT', url: `/v1/workflows/${id}`, body: saved('two') })
    await h.call({ method: 'POST', url: `/v1/workflows/${id}/versions` })
    const asked = [
      ['/v1/workflows', newKey(), saved('mine')],
      [`/v1/workflows/${id}/versions/2/publish`, newKey()],
      ['/v1/event-triggers', newKey(), { name: 'Paid', workflowId: id, eventName: 'killed.once' }],
    ] as const
    const count = async () => (await idsAt('/v1/workflows?limit=100')).length
    const triggers = async () => (await idsAt('/v1/event-triggers')).length
    const before = [await count(), await triggers()] as const
    await whileKilled(async () => {
      for (const [url, key, body] of asked) expect((await post(url, key, body)).status).toBe(503)
    })
    expect([await count(), await triggers()]).toEqual(before)
    expect(await (await h.call({ url: `/v1/workflows/${id}` })).json()).toMatchObject({
      publishedVersion: 1,
    })
    for (const [url, key, body] of [...asked, ...asked]) {
      expect((await post(url, key, body)).status).toBeLessThan(300)
    }
    expect([await count(), await triggers()]).toEqual([before[0] + 1, before[1] + 1])
  })
})
