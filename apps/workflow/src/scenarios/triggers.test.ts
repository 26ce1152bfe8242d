import { createHmac } from 'node:crypto'
import type { TaskRef } from '@dure/contracts'
import { eventually } from '@dure/platform/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { succeeded } from '../testing/harness.ts'
import { echo, inARow } from './testing/graphs.ts'
import { publish, type Replica, type Replicas, startReplicas } from './testing/replicas.ts'

let replicas: Replicas
let both: readonly [Replica, Replica]
beforeAll(async () => {
  replicas = await startReplicas()
  both = [await replicas.add(), await replicas.add()]
})
afterAll(() => replicas?.close())

const get = async (id: string) => (await both[0].call('GET', `/v1/runs/${id}`)).json()
const runsOf = async (workflowId: string) =>
  (await (await both[0].call('GET', `/v1/runs?workflowId=${workflowId}`)).json()).data
const completed = (id: string) =>
  eventually(async () => {
    const run = await get(id)
    expect(run.status).toBe('completed')
    return run
  })
/** Only `echo` is waited for: what is sent comes out at once. */
const saying = () => inARow([], { n: '{{ input.body.n }}' })

interface Webhook {
  readonly url: string
  readonly secret: string
}

async function createWebhook(workflowId: string, fields: object = {}): Promise<Webhook> {
  const body = { name: 'Orders', workflowId, ...fields }
  const created = await both[0].call('POST', '/v1/webhook-triggers', body)
  expect(created.status).toBe(201)
  return (await created.json()) as unknown as Webhook
}

interface Sending {
  readonly n: number
  readonly id?: string
  readonly secret?: string
  readonly to?: Replica
}

/** As a sender on the Internet does, signed as Standard Webhooks have it. */
async function send({ url, ...hook }: Webhook, { n, id = `m${n}`, ...more }: Sending) {
  const { secret = hook.secret, to = both[n % 2] as Replica } = more
  const [row] = await replicas.sql<{ now: number }>('SELECT extract(epoch FROM now())::int AS now')
  const body = JSON.stringify({ n })
  const text = `${id}.${row?.now}.${body}`
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64')
  const response = await fetch(to.url + url, {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': String(row?.now),
      'webhook-signature': `v1,${createHmac('sha256', key).update(text).digest('base64')}`,
    },
  })
  const answer = (await response.json()) as { readonly runId: string; readonly code?: string }
  return { status: response.status, ...answer }
}

describe('15: a webhook with HMAC', () => {
  test('that is signed well starts a run, and sent again gives the same one', async () => {
    const workflowId = await publish(both[0], saying())
    const hook = await createWebhook(workflowId, { auth: { mode: 'hmac' } })
    const { status, runId } = await send(hook, { n: 1 })
    expect(status).toBe(202)
    expect((await completed(runId)).output).toEqual({ n: 1 })

    const again = await Promise.all(both.map((to) => send(hook, { n: 1, to })))
    expect(again.map((answer) => answer.runId)).toEqual([runId, runId])
    expect(await runsOf(workflowId)).toHaveLength(1)
  })

  test('that is signed with another secret starts nothing', async () => {
    const workflowId = await publish(both[0], saying())
    const hook = await createWebhook(workflowId, { auth: { mode: 'hmac' } })
    const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`
    const refused = await send(hook, { n: 1, secret })
    expect(refused).toMatchObject({ status: 401, code: 'hook.invalid-signature' })
    expect(await runsOf(workflowId)).toEqual([])
  })

  test('in a burst of a hundred, at two services, is one run with what came last', async () => {
    const workflowId = await publish(both[0], saying())
    const hook = await createWebhook(workflowId, {
      auth: { mode: 'hmac' },
      debounce: { ms: 3_600_000 },
    })
    const ids = new Set<string>()
    for (let from = 1; from < 100; from += 33) {
      const burst = Array.from({ length: 33 }, (_, n) => send(hook, { n: from + n }))
      for (const { runId } of await Promise.all(burst)) ids.add(runId)
    }
    const last = await send(hook, { n: 100 })
    expect([...ids]).toEqual([last.runId])
    expect((await get(last.runId)).status).toBe('queued')

    // An hour later.
    await replicas.sql('UPDATE run SET wake_at = now() WHERE id = $1', [last.runId])
    expect((await completed(last.runId)).output).toEqual({ n: 100 })
    expect(await runsOf(workflowId)).toHaveLength(1)
  })
})

interface HistoryEntry {
  readonly outcome: string
  readonly reason: string | null
  readonly runId: string | null
}

const SCHEDULES = 8
/** At nine in Seoul, on the day before the last time that it was nine there. */
const NEGLECT = `
  UPDATE schedule SET due_at = (
    date_trunc('day', now() AT TIME ZONE 'Asia/Seoul' - interval '9 h') + interval '9 h'
      - interval '1 day') AT TIME ZONE 'Asia/Seoul'
  WHERE id = ANY ($1)`

test('15: a schedule in Asia/Seoul with overlap skip fires once, on two schedulers', async () => {
  const held: TaskRef[] = []
  replicas.answer = (task) => {
    held.push(task)
    return undefined
  }
  const workflowId = await publish(both[0], inARow([echo('work')]))
  const schedule = {
    ...{ name: 'Morning', workflowId, cron: '0 9 * * *', timeZone: 'Asia/Seoul' },
    ...{ overlap: 'skip', catchUp: 'all' },
  }
  const ids: string[] = []
  for (let count = 0; count < SCHEDULES; count += 1) {
    ids.push((await (await both[0].call('POST', '/v1/schedules', schedule)).json()).id)
  }
  const read = async (path: string) => (await both[1].call('GET', `/v1/schedules/${path}`)).json()
  const historyOf = async (id: string) =>
    (await read(`${id}/history`)).data as unknown as readonly HistoryEntry[]

  await replicas.sql(NEGLECT, [ids])
  for (const id of ids) {
    await eventually(async () =>
      expect(await historyOf(id)).toMatchObject([
        { outcome: 'skipped', reason: 'overlap' },
        { outcome: 'fired' },
      ]),
    )
    const { nextAt } = (await read(id)) as unknown as { nextAt: string }
    expect(nextAt).toMatch(/T00:00:00\.000Z$/)
  }
  const runs = await runsOf(workflowId)
  expect(runs).toHaveLength(SCHEDULES)
  const fired = (await Promise.all(ids.map(historyOf))).flat().flatMap(({ runId }) => runId ?? [])
  expect(fired.toSorted()).toEqual(runs.map(({ id }) => id).toSorted())

  await eventually(() => expect(held).toHaveLength(SCHEDULES))
  for (const task of held) await replicas.send(task, succeeded({}))
  for (const { id } of runs) await completed(id)
})
