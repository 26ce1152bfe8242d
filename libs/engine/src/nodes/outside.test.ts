import { agentControlQueue, type TaskRef } from '@dure/contracts'
import { describe, expect, test } from 'vitest'
import {
  accepts,
  configure,
  emptyScope,
  evaluate,
  failure,
  nodeType,
  now,
  request,
} from './testing/run-node.ts'

const hex = (digit: string) => digit.repeat(32)
const workflowId = `wf_${hex('1')}`

describe('delay', () => {
  const dueAt = (config: object, input: object = {}) => request('delay', config, { input })

  test.each([
    [{ ms: 1500 }, now + 1500],
    [{ until: '2026-03-01T09:00:01+09:00' }, now + 1000],
    [{ until: '{{ input.at }}' }, now + 250],
    [{ until: '2020-01-01T00:00:00Z' }, Date.UTC(2020, 0)],
  ])('%j ends in time', (config, at) => {
    const input = { at: '2026-03-01T00:00:00.250Z' }
    expect(dueAt(config, input)).toEqual({ kind: 'timer', dueAt: at })
  })

  test.each([
    'tomorrow',
    '',
    '2026-03-01',
    '2026-03-01T00:00:00',
    '2026-02-30T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-03-01T25:00:00Z',
  ])('%o is no time', (until) => {
    expect(() => dueAt({ until })).toThrow(failure('delay.invalid-time'))
  })

  test('takes at most a year', () => {
    expect(() => dueAt({ until: '2027-03-02T00:00:00Z' })).toThrow(failure('delay.too-long'))
    expect(accepts('delay', { ms: 31_536_000_001 })).toBe(false)
  })

  test.each([{}, { ms: 1, until: '' }])('does not take %j', (config) => {
    expect(accepts('delay', config)).toBe(false)
  })
})

describe('an event', () => {
  const input = { order: 17, none: null }

  test('is waited for by name and correlation, for some time', () => {
    const config = { name: 'payment.received', correlation: '{{ input.order }}', timeoutMs: 500 }
    expect(request('wait_event', config, { input })).toEqual({
      kind: 'event',
      name: 'payment.received',
      correlation: '17',
      dueAt: now + 500,
    })
    expect(request('wait_event', { name: 'go' })).toMatchObject({ correlation: null, dueAt: null })
  })

  test('is emitted with a payload', () => {
    const node = nodeType('emit_event')
    const config = { name: 'payment.received', payload: { order: '{{ input.order }}' } }
    expect(node.kind === 'in-place' && node.effect).toBe('write')
    expect(
      node.kind === 'in-place' &&
        node.request(configure('emit_event', config), { ...emptyScope, input }),
    ).toEqual({ name: 'payment.received', correlation: null, payload: { order: 17 } })
  })

  test.each(['{{ input.none }}', '', 'x'.repeat(501)])('has no correlation %o', (correlation) => {
    expect(() => request('wait_event', { name: 'go', correlation }, { input })).toThrow(
      failure('event.invalid-correlation'),
    )
  })
})

describe('approval', () => {
  const config = {
    title: 'Refund {{ input.amount }}',
    body: 'For {{ input.name }}',
    payload: { amount: '{{ input.amount }}' },
    assignees: [{ role: 'finance' }, { user: '{{ input.manager }}' }, { user: 'usr_1' }],
    quorum: 2,
    deadlineMs: 1000,
    onExpire: 'reject',
    escalate: [
      { afterMs: 800, to: [{ role: 'owner' }] },
      { afterMs: 500, to: [{ role: 'lead' }] },
    ],
    allowEdit: true,
  }
  const input = { amount: 5, name: '민수', manager: 'usr_1', nobody: '' }

  test('asks with everything that is known now', () => {
    expect(request('approval', config, { input })).toEqual({
      kind: 'approval',
      title: 'Refund 5',
      body: 'For 민수',
      payload: { amount: 5 },
      assignees: ['role:finance', 'user:usr_1'],
      quorum: 2,
      dueAt: now + 1000,
      onExpire: 'reject',
      escalate: [
        { dueAt: now + 500, to: ['role:lead'] },
        { dueAt: now + 800, to: ['role:owner'] },
      ],
      allowEdit: true,
    })
  })

  test('asks everybody, once, and for as long as it takes', () => {
    expect(request('approval', { title: 'Go?' })).toEqual({
      kind: 'approval',
      title: 'Go?',
      body: '',
      payload: null,
      assignees: [],
      quorum: 1,
      dueAt: null,
      onExpire: 'expired',
      escalate: [],
      allowEdit: false,
    })
  })

  test('fails when it cannot be answered', () => {
    const assignees = [{ user: '{{ input.nobody }}' }]
    expect(() => request('approval', { title: 'Go?', assignees }, { input })).toThrow(
      failure('approval.invalid-assignee'),
    )
    const one = { title: 'Go?', assignees: [{ user: 'usr_1' }], quorum: 2 }
    expect(() => request('approval', one)).toThrow(failure('approval.quorum-out-of-reach'))
    const more = { ...one, escalate: [{ afterMs: 1, to: [{ user: 'usr_2' }] }] }
    expect(request('approval', more)).toMatchObject({ quorum: 2 })
  })

  test.each([{}, { user: 'usr_1', role: 'lead' }, { group: 'x' }])('asks no %j', (assignee) => {
    expect(accepts('approval', { title: 'Go?', assignees: [assignee] })).toBe(false)
  })
})

describe('subworkflow', () => {
  test('starts a run with the input that is known now', () => {
    const config = { workflowId, alias: 'live', input: { q: '{{ input.q }}' }, wait: false }
    expect(request('subworkflow', config, { input: { q: 1 } })).toEqual({
      kind: 'child',
      workflowId,
      version: null,
      alias: 'live',
      input: { q: 1 },
      wait: false,
      propagateCancel: true,
    })
    expect(request('subworkflow', { workflowId })).toMatchObject({ input: {}, wait: true })
  })

  test('takes a version or an alias, not both', () => {
    expect(accepts('subworkflow', { workflowId, version: 1 })).toBe(true)
    expect(accepts('subworkflow', { workflowId, version: 1, alias: 'live' })).toBe(false)
  })
})

describe('respond', () => {
  test('answers while the run goes on', () => {
    const config = { status: 202, headers: { 'X-Order': '{{ input.id }}' }, body: { ok: true } }
    expect(evaluate('respond', config, { input: { id: 7 } })).toEqual({
      port: 'out',
      data: { status: 202 },
      response: { status: 202, headers: { 'x-order': '7' }, body: { ok: true } },
    })
    expect(evaluate('respond', {}).response).toEqual({ status: 200, headers: {}, body: null })
  })

  test.each([
    ['Set-Cookie', 'a=b'],
    ['Content-Length', '0'],
    ['Transfer-Encoding', 'chunked'],
    ['X Y', 'a'],
    ['X-A', '{{ input.evil }}'],
    ['X-A', '한글'],
  ])('sets no header %s: %s', (name, value) => {
    const input = { evil: 'a\r\nset-cookie: b' }
    expect(() => evaluate('respond', { headers: { [name]: value } }, { input })).toThrow(
      failure('respond.invalid-header'),
    )
  })
})

test('answer says what its content gives', () => {
  expect(
    evaluate('answer', { content: 'Hi {{ input.name }}' }, { input: { name: 'Ada' } }),
  ).toEqual({
    port: 'out',
    data: { text: 'Hi Ada' },
  })
})

describe('echo', () => {
  const task = {
    taskKey: `run_${hex('2')}/ping`,
    runId: `run_${hex('2')}`,
    nodeId: 'ping',
    attempt: 3,
    tenant: { organizationId: `org_${hex('3')}`, projectId: `prj_${hex('4')}` },
    workflowId,
    timeoutMs: 1000,
  } as TaskRef

  test('goes to the agent service with its data', () => {
    const node = nodeType('echo')
    const config = configure('echo', { data: ['{{ input.n }}'] })
    const scope = { ...emptyScope, input: { n: 1 } }
    expect(node.kind === 'task' && node.message(config, scope, task)).toEqual({
      queue: 'agent',
      name: 'task.echo',
      key: `task.echo.run_${hex('2')}/ping#3`,
      payload: { task, input: { data: [1] } },
    })
  })

  test('has a message beside it that stops a task, one for each attempt', () => {
    const key = agentControlQueue.messages['task.cancel'].key({ task })
    expect(key).toBe(`cancel-run_${hex('2')}/ping#3`)
  })
})

describe('a request', () => {
  const config = { method: 'POST', url: 'https://{{ input.host }}/orders', body: { a: 1 } }
  const task = { taskKey: 'run_1/post' } as unknown as TaskRef
  const sent = (more: object) => {
    const http = nodeType('http')
    if (http.kind !== 'task') throw new Error('http is no task')
    const scope = { ...emptyScope, input: { host: 'a.example' } }
    return http.message(configure('http', { ...config, ...more }), scope, task).payload
  }

  test('names its secret, which only who sends it opens', () => {
    const auth = { secret: 'shop', as: 'basic', username: 'me' }

    expect(sent({ auth })).toMatchObject({ task, input: { url: 'https://a.example/orders', auth } })
    expect(sent({})).not.toHaveProperty('input.auth')
  })
})

describe('retrieve', () => {
  const base = { knowledgeBaseIds: [`kb_${hex('2')}`], query: '{{ input.question }}' }
  const inputOf = (config: object) => {
    const node = nodeType('retrieve')
    if (node.kind !== 'task') throw new Error(node.kind)
    const scope = { ...emptyScope, input: { question: '환불', team: 'hr' } }
    const sent = node.message(configure('retrieve', { ...base, ...config }), scope, {} as TaskRef)
    return (sent.payload as { input: object }).input
  }

  test('says how it is to be searched, and leaves the rest to the knowledge base', () => {
    const how = { mode: 'hybrid', fusion: 'rrf', vectorWeight: 0.3, rerank: false, topK: 7 }

    expect(inputOf({ ...how, minScore: 0.5 })).toEqual({
      ...{ knowledgeBaseIds: base.knowledgeBaseIds, query: '환불', ...how },
      minScore: 0.5,
    })
    expect(inputOf({})).toEqual({
      ...{ knowledgeBaseIds: base.knowledgeBaseIds, query: '환불', topK: 5 },
      minScore: 0,
    })
  })

  test('works out which documents it is about, and does not search all when that is no filter', () => {
    const filter = '{"all": [{"key": "team", "is": input.team}, {"key": "year", "gte": 2025}]}'

    expect(inputOf({ filter })).toMatchObject({
      filter: {
        all: [
          { key: 'team', is: 'hr' },
          { key: 'year', gte: 2025 },
        ],
      },
    })
    for (const wrong of ['input.team', '{"key": "team"}', '{"key": "team", "like": "h"}', 'null']) {
      expect(() => inputOf({ filter: wrong })).toThrow(failure('retrieve.invalid-filter'))
    }
  })

  test.each([
    { mode: 'both' },
    { fusion: 'sum' },
    { vectorWeight: 2 },
    { rerank: 'no' },
    { topK: 51 },
  ])('does not take %j', (config) =>
    expect(accepts('retrieve', { ...base, ...config })).toBe(false),
  )
})
