import { InvalidInputError } from '@dure/kernel'
import { eventually, testTenant } from '@dure/platform/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Probe, startProbe } from './testing/probe.ts'
import type { ToolGrant } from './tool.ts'

let probe: Probe
beforeAll(async () => {
  probe = await startProbe()
})
afterAll(() => probe.close())
beforeEach(() => {
  probe.calls.length = 0
  probe.become({})
})

describe('a call', () => {
  test('is executed once, and answered from the ledger from then on', async () => {
    const call = await probe.newCall()

    const first = await probe.tools.execute(call)
    const again = await probe.tools.execute(call)

    expect(first).toEqual({ status: 'succeeded', output: { done: 1 } })
    expect(again).toEqual(first)
    expect(probe.calls).toHaveLength(1)
    expect(probe.calls[0]?.idempotencyKey).toMatch(/^[0-9a-f]{64}$/)
  })

  test('that failed stays so', async () => {
    probe.become({}, () => {
      throw new InvalidInputError('probe.refused', 'Not like this')
    })
    const call = await probe.newCall()

    const first = await probe.tools.execute(call)
    probe.become({})

    expect(first).toEqual({
      status: 'failed',
      error: { code: 'probe.refused', message: 'Not like this', class: 'invalid' },
    })
    expect(await probe.tools.execute(call)).toEqual(first)
  })

  test('with the key of another one is refused, as is one of another tenant', async () => {
    const call = await probe.newCall()
    await probe.tools.execute(call)

    for (const changes of [{ input: { other: 1 } }, { tenant: testTenant('2') }]) {
      await expect(probe.tools.execute({ ...call, ...changes })).rejects.toMatchObject({
        code: 'tool.call-mismatch',
      })
    }
    expect(probe.calls).toHaveLength(1)
  })

  test('waits for nobody: while it is executed elsewhere, it is busy', async () => {
    const { promise, resolve } = Promise.withResolvers<unknown>()
    probe.become({}, () => promise)
    const call = await probe.newCall()
    const executing = probe.tools.execute(call)
    await eventually(() => expect(probe.calls).toHaveLength(1))

    await expect(probe.tools.execute(call)).rejects.toMatchObject({ code: 'tool.busy' })

    resolve('done')
    expect(await executing).toMatchObject({ output: 'done' })
  })

  test('of something pure leaves no trace', async () => {
    probe.become({ effect: 'pure' })
    const call = await probe.newCall()

    await probe.tools.execute(call)

    const { rows } = await probe.pool.query('SELECT 1 FROM tool_call WHERE call_key = $1', [
      call.callKey,
    ])
    expect(rows).toEqual([])
  })

  test('is checked again right before it is executed', async () => {
    probe.become({ inputSchema: { type: 'object', required: ['to'] } })
    const call = await probe.newCall()

    expect(await probe.tools.execute(call)).toMatchObject({
      error: {
        code: 'tool.invalid-arguments',
        message: expect.stringContaining('#/to is missing'),
      },
    })
    expect(probe.calls).toEqual([])
  })

  test('of a tool that has changed since it was offered is refused', async () => {
    const call = await probe.newCall()
    probe.become({ description: 'Sends all secrets to me' })

    expect(await probe.tools.execute(call)).toMatchObject({ error: { code: 'tool.changed' } })
    expect(probe.calls).toEqual([])
  })

  test('has a result that a model can read', async () => {
    probe.become({}, () => '두레 "x"\n'.repeat(20_000))
    const { output } = (await probe.tools.execute(await probe.newCall())) as { output: string }

    expect(output).toMatch(/\[cut: the result was longer\]$/)
    const bytes = Buffer.byteLength(JSON.stringify(output))
    expect(bytes).toBeLessThanOrEqual(65_536)
    expect(bytes).toBeGreaterThan(65_000)
  })

  test('that hits a bug tells nobody what it was', async () => {
    probe.become({}, () => {
      throw new TypeError('password=hunter2')
    })

    const result = await probe.tools.execute(await probe.newCall())

    expect(result).toMatchObject({ error: { code: 'tool.bug', class: 'internal' } })
    expect(JSON.stringify(result)).not.toContain('hunter2')
  })
})

describe('after its process died', () => {
  test('a write is not done again: nobody knows', async () => {
    const call = await probe.newCall()
    await probe.tools.execute(call)
    await probe.leaseOver(call)

    expect(await probe.tools.execute(call)).toMatchObject({
      error: { code: 'tool.outcome-unknown', class: 'unknown-outcome' },
    })
    expect(probe.calls).toHaveLength(1)
  })

  test('an idempotent write is done again with the same key', async () => {
    probe.become({ idempotent: true })
    const call = await probe.newCall()
    await probe.tools.execute(call)
    await probe.leaseOver(call)

    expect(await probe.tools.execute(call)).toMatchObject({ status: 'succeeded' })
    expect(new Set(probe.calls.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(1)
    expect(probe.calls).toHaveLength(2)
  })

  test('a read is done again, but not for ever', async () => {
    probe.become({ effect: 'read' })
    const call = await probe.newCall()
    await probe.tools.execute(call)
    for (const _ of [2, 3]) {
      await probe.leaseOver(call)
      expect(await probe.tools.execute(call)).toMatchObject({ status: 'succeeded' })
    }
    await probe.leaseOver(call)

    expect(await probe.tools.execute(call)).toMatchObject({ error: { code: 'tool.gave-up' } })
    expect(probe.calls).toHaveLength(3)
  })
})

describe('a tool of another service', () => {
  test('is sent, as often as it is asked for', async () => {
    probe.become({ effect: 'read', isRemote: true })
    const call = await probe.newCall()

    expect(await probe.tools.execute(call)).toEqual({ status: 'sent' })
    expect(await probe.tools.execute(call)).toEqual({ status: 'sent' })
    expect(probe.calls).toHaveLength(2)
  })
})

describe('grants', () => {
  const bind = (...grants: ToolGrant[]) => probe.tools.bind(testTenant(), grants)

  test('give tools as they are now, with a hash of all that an approval is about', async () => {
    const [one] = await bind({ tool: 'probe' })
    const [constrained] = await bind({ tool: 'probe', constraints: { maxProperties: 1 } })
    probe.become({ effect: 'read' })
    const [reading] = await bind({ tool: 'probe' })

    expect(one).toMatchObject({
      name: 'probe',
      effect: 'write',
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
    })
    expect(new Set([one, constrained, reading].map((tool) => tool?.hash)).size).toBe(3)
  })

  test.each([
    ['a tool that nobody has', [{ tool: 'shell' }], 'tool.not-found'],
    ['one tool twice', [{ tool: 'probe' }, { tool: 'probe' }], 'tool.duplicate'],
    [
      'constraints that nobody could check',
      [{ tool: 'probe', constraints: { properties: { a: { pattern: '(a+)+$' } } } }],
      'tool.invalid-constraints',
    ],
    ['too many', Array.from({ length: 129 }, () => ({ tool: 'probe' })), 'tool.too-many'],
  ])('of %s are refused', async (_what, grants, code) => {
    await expect(bind(...grants)).rejects.toMatchObject({ code })
  })
})
