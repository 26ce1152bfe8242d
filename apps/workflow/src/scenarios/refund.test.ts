import { eventually } from '@dure/platform/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { sha256 } from '../sha256.ts'
import { type Harness, startHarness, succeeded } from '../testing/harness.ts'
import { echo, edge, endNode, startNode, template } from './testing/graphs.ts'

let harness: Harness
/** What was paid, in the order of the payments. */
let paid: unknown[]
beforeAll(async () => {
  harness = await startHarness()
})
afterAll(() => harness?.close())
beforeEach(() => {
  paid = []
  harness.answer = (_task, input) => {
    paid.push((input as { data: unknown }).data)
    return succeeded({})
  }
})

const payload = { customer: '{{ input.customer }}', amount: '{{ input.amount }}' }
const APPROVAL = {
  title: 'Refund {{ input.amount }} KRW',
  payload,
  assignees: [{ role: 'finance' }],
  quorum: 2,
  allowEdit: true,
}

/** kind → amount → approval → pay. */
function refundGraph(approval: object = {}, { threshold = 100_000 } = {}) {
  const cases = [{ id: 'refund', when: "input.kind == 'refund'" }]
  const end = (id: string) => ({ ...endNode({ result: id }), id })
  return {
    nodes: [
      startNode,
      { id: 'kind', type: 'switch', config: { cases } },
      { id: 'large', type: 'condition', config: { when: `input.amount > ${threshold}.0` } },
      { id: 'ask', type: 'approval', config: { ...APPROVAL, ...approval } },
      { ...echo('pay'), config: { data: '{{ nodes.ask.data.payload }}' } },
      { ...echo('pay_small'), config: { data: payload } },
      template('other'),
      ...['paid', 'paid_small', 'refused', 'too_late', 'ignored'].map(end),
    ],
    edges: [
      edge('start', 'kind'),
      edge('kind', 'large', 'refund'),
      edge('kind', 'other', 'default'),
      edge('other', 'ignored'),
      edge('large', 'ask', 'true'),
      edge('large', 'pay_small', 'false'),
      edge('pay_small', 'paid_small'),
      edge('ask', 'pay', 'approved'),
      edge('ask', 'refused', 'rejected'),
      edge('ask', 'too_late', 'expired'),
      edge('pay', 'paid'),
    ],
  }
}

const post = (url: string, body?: unknown, as = {}) =>
  harness.call({ method: 'POST', url, body, as })
const start = async (workflowId: string, amount = 250_000, kind = 'refund') => {
  const input = { kind, amount, customer: 'Kim' }
  return (await (await post(`/v1/workflows/${workflowId}/runs`, { input })).json()).id
}
const ended = (id: string) =>
  eventually(async () => {
    const run = await (await harness.call({ url: `/v1/runs/${id}` })).json()
    expect(run.status).toBe('completed')
    return run
  })

interface Approval {
  readonly id: string
  readonly runId: string
  readonly hash: string
  readonly payload: unknown
  readonly assignees: readonly string[]
  readonly votes: readonly { readonly by: string; readonly counts: boolean }[]
}

const finance = (name: string) => ({ principalId: `usr_${name}`, roles: ['finance'] })
const manager = { principalId: 'usr_manager', roles: ['manager'] }

/** Known as long as nobody has seen it, too. */
const idOf = (runId: string) => `apr_${sha256(`${runId}/ask`).slice(0, 32)}`

/** The one that waits in a run, as the list shows it. */
const approvalOf = (runId: string) =>
  eventually(async () => {
    const page = await (await harness.call({ url: '/v1/approvals?limit=100' })).json()
    const found = (page.data as unknown as Approval[]).find((one) => one.runId === runId)
    if (!found) throw new Error(`No approval of ${runId} waits`)
    return found
  })

async function decide({ id, hash }: Pick<Approval, 'id' | 'hash'>, as: object, more: object = {}) {
  const url = `/v1/approvals/${id}/decisions`
  const response = await post(url, { decision: 'approve', hash, ...more }, as)
  return { status: response.status, code: (await response.json()).code }
}

describe('8: a refund', () => {
  test.each([
    ['of a small amount needs nobody', 100_000, 'refund', 'paid_small'],
    ['that is none is ignored', 250_000, 'question', 'ignored'],
  ])('%s', async (_what, amount, kind, result) => {
    const id = await start(await harness.publish(refundGraph()), amount, kind)
    expect((await ended(id)).output).toEqual({ result })
    expect(paid).toEqual(kind === 'refund' ? [{ customer: 'Kim', amount }] : [])
  })

  test('of a large amount is escalated, edited, and approved by two of three', async () => {
    const escalate = [{ afterMs: 100, to: [{ role: 'manager' }] }]
    const workflowId = await harness.publish(refundGraph({ escalate }))
    const id = await start(workflowId)
    const asked = await approvalOf(id)
    expect(asked).toMatchObject({
      id: idOf(id),
      payload: { customer: 'Kim', amount: 250_000 },
    })
    const stranger = { principalId: 'usr_intern', roles: ['intern'] }
    expect(await decide(asked, stranger)).toEqual({ status: 403, code: 'approval.not-assigned' })

    // One of three approves, with a nervous finger.
    const clicks = await Promise.all(Array.from({ length: 8 }, () => decide(asked, finance('ann'))))
    expect(clicks.some(({ status }) => status === 200)).toBe(true)
    for (const { status, code } of clicks) {
      expect([status, code]).toEqual(
        status === 200 ? [200, undefined] : [409, 'approval.already-decided'],
      )
    }
    expect((await approvalOf(id)).votes).toMatchObject([{ by: 'usr_ann', counts: true }])

    // Meanwhile the workflow becomes another one.
    const draft = { name: 'Other', graph: refundGraph({ title: 'Other', quorum: 1, payload: 1 }) }
    const url = `/v1/workflows/${workflowId}`
    expect((await harness.call({ method: 'PUT', url, body: draft })).status).toBe(200)
    await post(`${url}/versions`)
    await post(`${url}/versions/2/publish`)
    expect(await approvalOf(id)).toMatchObject({ hash: asked.hash, payload: asked.payload })

    const escalated = await eventually(async () => {
      const now = await approvalOf(id)
      expect(now.assignees).toEqual(['role:finance', 'role:manager'])
      return now
    })
    const edit = { customer: 'Kim', amount: 200_000 }
    expect((await decide(escalated, manager, { edit })).status).toBe(200)
    expect(await decide(escalated, finance('bob'))).toMatchObject({
      status: 409,
      code: 'approval.changed',
    })
    const edited = await approvalOf(id)
    expect(edited).toMatchObject({
      payload: edit,
      votes: [
        { by: 'usr_ann', counts: false },
        { by: 'usr_manager', counts: true },
      ],
    })
    expect((await decide(edited, finance('bob'))).status).toBe(200)

    expect(await ended(id)).toMatchObject({ version: 1, output: { result: 'paid' } })
    expect(paid).toEqual([edit])
    expect((await decide(edited, finance('eve'))).status).toBe(404)
  })

  test('that is approved and rejected at the same moment is decided once', async () => {
    const id = await start(await harness.publish(refundGraph({ quorum: 1 })))
    const asked = await approvalOf(id)
    const clicks = await Promise.all(
      Array.from({ length: 10 }, (_, n) =>
        decide(asked, finance(`u${n}`), { decision: n % 2 === 0 ? 'approve' : 'reject' }),
      ),
    )
    const { output } = await ended(id)
    expect(clicks.filter(({ status }) => status === 200)).toHaveLength(1)
    for (const { status } of clicks) expect([200, 404, 409]).toContain(status)
    expect(output).toEqual({ result: paid.length === 1 ? 'paid' : 'refused' })
    expect(paid.length).toBeLessThanOrEqual(1)
  })

  test('that nobody decides in time expires, and is over for whoever comes later', async () => {
    const id = await start(await harness.publish(refundGraph({ deadlineMs: 50 })))
    expect((await ended(id)).output).toEqual({ result: 'too_late' })
    const late = await decide({ id: idOf(id), hash: '0'.repeat(64) }, finance('ann'))
    expect(late).toEqual({ status: 404, code: 'approval.not-found' })
    expect(paid).toEqual([])
  })
})
