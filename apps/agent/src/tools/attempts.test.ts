import { UnavailableError } from '@dure/kernel'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { ToolWork } from './definition.ts'
import { lost, type Probe, startProbe } from './testing/probe.ts'

let probe: Probe
beforeAll(async () => {
  probe = await startProbe()
})
afterAll(() => probe.close())
beforeEach(() => {
  probe.calls.length = 0
  probe.become({})
})

describe('a failure that may pass', () => {
  const failTwice = (work: ToolWork) => (probe.calls.length < 3 ? lost(work) : 'at last')

  test('is tried again by a read', async () => {
    probe.become({ effect: 'read' }, failTwice)
    expect(await probe.tools.execute(await probe.newCall())).toMatchObject({ output: 'at last' })
  })

  test('is tried again by an idempotent write, with one key', async () => {
    probe.become({ idempotent: true }, failTwice)
    expect(await probe.tools.execute(await probe.newCall())).toMatchObject({ output: 'at last' })
    expect(new Set(probe.calls.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(1)
  })

  test('is tried three times, no more', async () => {
    probe.become({ effect: 'read' }, lost)
    expect(await probe.tools.execute(await probe.newCall())).toMatchObject({
      error: { code: 'egress.unreachable', class: 'unavailable' },
    })
    expect(probe.calls).toHaveLength(3)
  })

  test('of a write that was sent is the end: nobody knows', async () => {
    probe.become({}, lost)
    expect(await probe.tools.execute(await probe.newCall())).toMatchObject({
      error: { code: 'tool.outcome-unknown', class: 'unknown-outcome' },
    })
    expect(probe.calls).toHaveLength(1)
  })

  test('of a write that was never sent is tried again', async () => {
    probe.become({}, () => {
      if (probe.calls.length < 2) throw new UnavailableError('egress.unreachable', 'No route')
      return 'sent'
    })
    expect(await probe.tools.execute(await probe.newCall())).toMatchObject({ output: 'sent' })
  })
})

describe('a tool that never answers', () => {
  const never = () => new Promise<never>(() => {})

  test('ends with its time', async () => {
    probe.become({ effect: 'read' }, never)
    expect(await probe.tools.execute(await probe.newCall({ timeoutMs: 50 }))).toMatchObject({
      error: { code: 'tool.too-slow', class: 'timeout' },
    })
  })

  test('and writes leaves an unknown outcome', async () => {
    probe.become({}, (work) => {
      work.onSent()
      return never()
    })
    expect(await probe.tools.execute(await probe.newCall({ timeoutMs: 50 }))).toMatchObject({
      error: { class: 'unknown-outcome' },
    })
  })

  test.each([false, true])('is given up with its caller; sent: %s', async (isSent) => {
    const gone = new AbortController()
    probe.become({}, (work) => {
      if (isSent) work.onSent()
      gone.abort(new Error('the execution was cancelled'))
      return never()
    })
    const call = await probe.newCall({ signal: gone.signal })
    await expect(probe.tools.execute(call)).rejects.toThrow('the execution was cancelled')

    probe.become({})
    const again = await probe.tools.execute({ ...call, signal: new AbortController().signal })
    expect(again).toMatchObject(
      isSent ? { error: { class: 'unknown-outcome' } } : { status: 'succeeded' },
    )
  })
})
