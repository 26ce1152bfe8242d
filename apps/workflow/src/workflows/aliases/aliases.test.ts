import type { WorkflowId } from '@dure/contracts'
import { testTenant } from '@dure/platform/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startWorkflows, type Workflows } from '../testing/service.ts'

let w: Workflows
beforeAll(async () => {
  w = await startWorkflows()
})
afterAll(() => w.close())

const CANARY = [
  { version: 1, weight: 90 },
  { version: 2, weight: 10 },
]
const RULE = { windowRuns: 10, maxErrorRate: 0.3 }

async function create(more: object = {}, versions = 2) {
  const workflowId = await w.published(versions)
  const body = { workflowId, name: 'prod', targets: CANARY, ...more }
  const response = await w.call('POST', '/v2/aliases', { body })
  return { workflowId, response, id: response.json().id as string }
}
const get = async (id: string) => (await w.call('GET', `/v2/aliases/${id}`)).json()
const numberAt = async (workflowId: string, pick: number) => {
  const wanted = { alias: 'prod' }
  return (await w.versions.resolve(w.tenant, workflowId as WorkflowId, wanted, pick)).number
}
/** `1` for a run that fails. */
async function record(workflowId: string, versionNumber: number, runs: string) {
  for (const outcome of runs) {
    await w.aliases.recordRunEnd({
      ...{ tenant: w.tenant, workflowId: workflowId as WorkflowId, versionNumber },
      ...{ alias: 'prod', failed: outcome === '1' },
    })
  }
}

describe('an alias', () => {
  test('leads runs to its versions by their weights', async () => {
    const { workflowId, response } = await create()
    expect([response.statusCode, response.json()]).toMatchObject([
      201,
      { name: 'prod', workflowId, targets: CANARY, rollback: null },
    ])
    const picks = [0, 0.89, 0.9, 0.999]
    const numbers = await Promise.all(picks.map((pick) => numberAt(workflowId, pick)))
    expect(numbers).toEqual([1, 1, 2, 2])
  })

  test.each([
    ['weights that do not add up', { targets: [{ version: 1, weight: 99 }] }, '#/targets'],
    [
      'a version that is not there',
      { targets: [{ version: 9, weight: 100 }] },
      '#/targets/0/version',
    ],
    [
      'one version twice',
      {
        targets: [
          { version: 1, weight: 50 },
          { version: 1, weight: 50 },
        ],
      },
      '#/targets/1/version',
    ],
  ])('with %s is refused', async (_what, more, pointer) => {
    const { response } = await create(more)
    expect(response.json()).toMatchObject({ code: 'alias.invalid', errors: [{ pointer }] })
  })

  test('has a name that its workflow has only once', async () => {
    const { workflowId } = await create()
    const body = { workflowId, name: 'prod', targets: [{ version: 1, weight: 100 }] }
    const again = await w.call('POST', '/v2/aliases', { body })
    expect([again.statusCode, again.json().code]).toEqual([409, 'alias.name-taken'])
  })

  test('is led elsewhere at once', async () => {
    const { workflowId, id } = await create()
    expect(await numberAt(workflowId, 0)).toBe(1)
    const targets = [{ version: 2, weight: 100 }]
    const set = await w.call('PUT', `/v2/aliases/${id}`, { body: { targets } })
    expect(set.json().targets).toEqual(targets)
    expect(await numberAt(workflowId, 0)).toBe(2)
  })

  test('is not led elsewhere by somebody who has not seen where it leads', async () => {
    const { id, response } = await create()
    const body = { targets: [{ version: 2, weight: 100 }] }
    const headers = { 'if-match': String(response.headers.etag) }
    expect((await w.call('PUT', `/v2/aliases/${id}`, { body, headers })).statusCode).toBe(200)
    const late = await w.call('PUT', `/v2/aliases/${id}`, { body, headers })
    expect([late.statusCode, late.json().code]).toEqual([412, 'alias.changed'])
    expect((await w.call('DELETE', `/v2/aliases/${id}`, { headers })).statusCode).toBe(412)
  })

  test('can let its canary take all', async () => {
    const { workflowId, id } = await create()
    const led = await w.call('POST', `/v2/aliases/${id}/promote`)
    expect(led.json().targets).toEqual([{ version: 2, weight: 100 }])
    expect(await numberAt(workflowId, 0)).toBe(2)
    const again = await w.call('POST', `/v2/aliases/${id}/promote`)
    expect([again.statusCode, again.json().code]).toEqual([400, 'alias.nothing-to-promote'])
  })

  test('of several canaries asks which one is meant', async () => {
    const targets = [
      { version: 1, weight: 80 },
      { version: 2, weight: 10 },
      { version: 3, weight: 10 },
    ]
    const { id } = await create({ targets }, 3)
    const promote = (body?: object) =>
      w.call('POST', `/v2/aliases/${id}/promote`, body ? { body } : {})
    expect((await promote()).json().code).toBe('alias.nothing-to-promote')
    expect((await promote({ version: 1 })).json().code).toBe('alias.nothing-to-promote')
    expect((await promote({ version: 3 })).json().targets).toEqual([{ version: 3, weight: 100 }])
  })

  test('that was deleted starts nothing, and its history remains', async () => {
    const { workflowId, id } = await create()
    await numberAt(workflowId, 0)
    expect((await w.call('DELETE', `/v2/aliases/${id}`)).statusCode).toBe(204)
    await expect(numberAt(workflowId, 0)).rejects.toMatchObject({ code: 'alias.not-found' })
    expect((await w.call('GET', `/v2/aliases/${id}`)).statusCode).toBe(404)
    const { data } = (await w.call('GET', `/v2/aliases/${id}/changes`)).json()
    expect(data.map(({ kind }: { kind: string }) => kind)).toEqual(['deleted', 'created'])
  })

  test('is listed page by page, by its workflow when that is asked for', async () => {
    const { workflowId } = await create()
    for (const name of ['beta', 'gamma']) {
      const body = { workflowId, name, targets: [{ version: 1, weight: 100 }] }
      await w.call('POST', '/v2/aliases', { body })
    }
    const url = `/v2/aliases?workflowId=${workflowId}`
    const first = (await w.call('GET', `${url}&limit=2`)).json()
    const rest = (await w.call('GET', `${url}&limit=2&cursor=${first.nextCursor}`)).json()
    const names = [...first.data, ...rest.data].map(({ name }) => name)
    expect([names, rest.nextCursor]).toEqual([['gamma', 'beta', 'prod'], null])
  })

  test('of another tenant is not there', async () => {
    const { workflowId, id } = await create()
    const as = { tenant: testTenant('9') }
    const body = { targets: CANARY }
    const calls = [
      w.call('GET', `/v2/aliases/${id}`, { as }),
      w.call('PUT', `/v2/aliases/${id}`, { as, body }),
      w.call('POST', `/v2/aliases/${id}/promote`, { as }),
      w.call('DELETE', `/v2/aliases/${id}`, { as }),
      w.call('POST', '/v2/aliases', { as, body: { ...body, workflowId, name: 'mine' } }),
    ]
    const statuses = (await Promise.all(calls)).map(({ statusCode }) => statusCode)
    expect(statuses).toEqual([404, 404, 404, 404, 404])
    const changes = await w.call('GET', `/v2/aliases/${id}/changes`, { as })
    expect(changes.json().data).toEqual([])
    expect((await get(id)).targets).toEqual(CANARY)
  })
})

describe('a canary', () => {
  test('that fails too often gets no more runs, and it is told why', async () => {
    const { workflowId, id } = await create({ rollback: RULE })
    await record(workflowId, 1, '0000010000')
    expect(await numberAt(workflowId, 0.95)).toBe(2)
    await record(workflowId, 2, '01011')
    expect((await get(id)).targets).toEqual(CANARY)
    expect((await get(id)).lastRuns).toEqual([
      { version: 1, runs: 10, failures: 1 },
      { version: 2, runs: 5, failures: 3 },
    ])

    await record(workflowId, 2, '1')
    const { targets, lastChange, lastRuns } = await get(id)
    expect(targets).toEqual([
      { version: 1, weight: 100 },
      { version: 2, weight: 0 },
    ])
    expect(lastChange).toMatchObject({ kind: 'rolled-back', changedBy: 'system' })
    expect(lastChange.reason).toContain('version 2 failed in 4 of its last 6 runs')
    expect(lastRuns).toEqual([])
    expect(await numberAt(workflowId, 0.95)).toBe(1)
  })

  test('that fails while the stable version does, too, goes on', async () => {
    const { workflowId, id } = await create({ rollback: RULE })
    await record(workflowId, 1, '1111')
    await record(workflowId, 2, '1111111111')
    expect((await get(id)).targets).toEqual(CANARY)
    await record(workflowId, 1, '0000000000')
    await record(workflowId, 2, '1')
    expect((await get(id)).targets[1].weight).toBe(0)
  })

  test('is judged by its last runs alone', async () => {
    const { workflowId, id } = await create({ rollback: RULE })
    await record(workflowId, 2, `111${'0'.repeat(10)}111`)
    expect((await get(id)).lastRuns).toEqual([{ version: 2, runs: 10, failures: 3 }])
    expect((await get(id)).targets).toEqual(CANARY)
  })

  test('is given up once, whatever ends at the same time', async () => {
    const { workflowId, id } = await create({ rollback: RULE })
    await Promise.all(Array.from({ length: 20 }, () => record(workflowId, 2, '1')))
    const { data } = (await w.call('GET', `/v2/aliases/${id}/changes`)).json()
    expect(data.map(({ kind }: { kind: string }) => kind)).toEqual(['rolled-back', 'created'])
  })

  test('is counted anew when its alias is led elsewhere', async () => {
    const { workflowId, id } = await create({ rollback: RULE })
    await record(workflowId, 2, '111')
    await w.call('PUT', `/v2/aliases/${id}`, { body: { targets: CANARY, rollback: RULE } })
    await record(workflowId, 2, '1')
    expect((await get(id)).targets).toEqual(CANARY)
  })

  test.each([
    ['without a rule', {}, 2],
    ['of a version that it does not lead to', { rollback: RULE }, 7],
  ])('%s is not counted', async (_what, more, version) => {
    const { workflowId, id } = await create(more)
    await record(workflowId, version, '1111111111')
    expect(await get(id)).toMatchObject({ targets: CANARY, lastRuns: [] })
  })

  test('of a run that no alias started is not counted', async () => {
    const { workflowId, id } = await create({ rollback: { windowRuns: 1, maxErrorRate: 0 } })
    await w.aliases.recordRunEnd({
      ...{ tenant: w.tenant, workflowId: workflowId as WorkflowId, versionNumber: 2 },
      ...{ alias: null, failed: true },
    })
    await w.aliases.recordRunEnd({
      ...{ tenant: testTenant('9'), workflowId: workflowId as WorkflowId, versionNumber: 2 },
      ...{ alias: 'prod', failed: true },
    })
    expect(await get(id)).toMatchObject({ targets: CANARY, lastRuns: [] })
  })
})
