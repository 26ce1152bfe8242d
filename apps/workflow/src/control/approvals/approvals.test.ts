import { testTenant } from '@dure/platform/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ControlHarness, inARow, itemAt, startControl } from '../testing/control-harness.ts'

let c: ControlHarness
beforeAll(async () => {
  c = await startControl()
})
afterAll(() => c.close())

async function asking(config: object = {}) {
  const ask = {
    ...{ id: 'ask', type: 'approval' },
    config: { title: 'Pay?', payload: { amount: 1 }, ...config },
  }
  const graph = inARow([ask], { data: '{{ nodes.ask.data }}' })
  const edges = graph.edges.map((one) => (one.from === 'ask' ? { ...one, port: 'approved' } : one))
  const run = await c.start(c.version({ ...graph, edges }))
  const { body } = await c.get('/v1/approvals')
  const ofRun = body.data.filter(({ runId }) => runId === run)
  const approval = itemAt(ofRun, 0)
  const url = `/v1/approvals/${approval.id}`
  const as = (principalId: string, roles?: string[]) => ({ principalId, ...(roles && { roles }) })
  return {
    ...{ run, approval, url, as },
    decide: (body: object, who = as('usr_a')) =>
      c.post(`${url}/decisions`, { decision: 'approve', hash: approval.hash, ...body }, who),
  }
}

describe('an approval', () => {
  test('says what is asked, and a decision about it ends it', async () => {
    const { run, approval, url, decide } = await asking({ body: 'Now', assignees: [] })
    expect(approval).toMatchObject({
      ...{ runId: run, path: 'ask', title: 'Pay?', body: 'Now', payload: { amount: 1 }, quorum: 1 },
      ...{ votes: [], dueAt: null, assignees: [], allowEdit: false },
    })
    expect((await c.get(url)).body).toEqual(approval)
    expect((await decide({ comment: 'fine' })).body).toMatchObject({ status: 'completed' })
    expect(await c.reader.find(c.tenant, run)).toMatchObject({
      output: { data: { votes: [{ by: 'usr_a', decision: 'approve', comment: 'fine' }] } },
    })
    expect((await c.get(url)).body.code).toBe('approval.not-found')
    expect((await decide({})).body.code).toBe('approval.not-found')
  })

  test('with a quorum counts each who decides once, however often they click', async () => {
    const { run, url, decide, as } = await asking({ quorum: 2 })
    const clicks = await Promise.all([decide({}), decide({}), decide({})])
    expect(clicks.filter(({ status }) => status === 200).length).toBeGreaterThan(0)
    expect(await decide({})).toMatchObject({
      status: 409,
      body: { code: 'approval.already-decided' },
    })
    expect((await c.get(url)).body).toMatchObject({
      votes: [{ by: 'usr_a', decision: 'approve', comment: null, counts: true }],
    })
    expect((await decide({}, as('usr_b'))).body.status).toBe('completed')
    expect((await c.reader.find(c.tenant, run))?.status).toBe('completed')
  })

  test('that two decide at the same moment is decided by one of them', async () => {
    const { run, decide, as } = await asking()
    const both = await Promise.all([decide({}, as('usr_a')), decide({}, as('usr_b'))])
    const [first, second] = both.toSorted((one, other) => one.status - other.status)
    expect(first).toMatchObject({ status: 200, body: { id: run, status: 'completed' } })
    expect(second?.body.code).toMatch(/^(approval\.over|approval\.not-found|run\.ended)$/)
  })

  test('that was edited is another one: the hash of before decides nothing', async () => {
    const { run, url, decide, as } = await asking({ quorum: 2, allowEdit: true })
    await decide({ edit: { amount: 2 } })
    const stale = await decide({}, as('usr_b'))
    const { hash } = (await c.get(url)).body
    expect(stale).toMatchObject({
      status: 409,
      body: { code: 'approval.changed', details: { hash } },
    })
    expect((await decide({ hash }, as('usr_b'))).body.status).toBe('completed')
    expect(await c.reader.find(c.tenant, run)).toMatchObject({
      output: { data: { payload: { amount: 2 } } },
    })
  })

  test('cannot be edited where that is not allowed', async () => {
    const { decide } = await asking()
    expect(await decide({ edit: 1 })).toMatchObject({
      ...{ status: 400, body: { code: 'approval.edit-not-allowed' } },
    })
  })

  test('is for its assignees, by name or by role', async () => {
    const assignees = [{ user: 'usr_boss' }, { role: 'finance' }]
    const { run, decide, as } = await asking({ assignees, quorum: 2 })
    for (const who of [as('usr_a'), as('usr_a', ['sales'])]) {
      expect(await decide({}, who)).toMatchObject({
        ...{ status: 403, body: { code: 'approval.not-assigned' } },
      })
    }
    await decide({}, as('usr_boss'))
    await decide({}, as('usr_a', ['finance']))
    expect((await c.reader.find(c.tenant, run))?.status).toBe('completed')
  })

  test('of a run that ended is gone, and one of somebody else is not there', async () => {
    const { run, url, decide } = await asking()
    expect((await c.get(url, { tenant: testTenant('2') })).body.code).toBe('approval.not-found')
    await c.post(`/v1/runs/${run}/cancel`)
    expect((await decide({})).body.code).toBe('approval.not-found')
  })

  test('is listed with what was said about it, in two statements however many wait', async () => {
    const asked = [await asking({ quorum: 2 }), await asking({ quorum: 3 }), await asking()]
    for (const { decide } of asked.slice(0, 2)) await decide({ comment: 'fine' })
    let statements = 0
    const count = () => {
      statements += 1
    }
    c.tenantPool.on('acquire', count)
    const { data } = (await c.get('/v1/approvals?limit=3')).body
    c.tenantPool.off('acquire', count)

    const vote = { by: 'usr_a', decision: 'approve', comment: 'fine', counts: true }
    expect(data.map(({ votes }) => votes)).toEqual([[], [vote], [vote]])
    expect(statements).toBe(2)
  })

  test('is listed with the others page by page', async () => {
    const asked = [await asking(), await asking(), await asking({ quorum: 2 })]
    const first = (await c.get('/v1/approvals?limit=2')).body
    const second = (await c.get(`/v1/approvals?limit=2&cursor=${first.nextCursor}`)).body
    const ids = [...first.data, ...second.data].map(({ id }) => id)
    expect(ids.slice(0, 3)).toEqual(asked.toReversed().map(({ approval }) => approval.id))
  })
})
