import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { Outcome, Program } from './program.ts'
import { createSandbox, type Sandbox } from './sandbox.ts'
import {
  ABSENT,
  FLOODS,
  GREEDY,
  HANGING,
  LEFT_BEHIND,
  MALFORMED,
  TAMPERING,
  UNSAYABLE,
  WAYS_OUT,
} from './testing/hostile-programs.ts'

const CANARY = 'canary-8c1f'
/** Of two threads, each with 64 MiB for its programs and 80 MiB for its own heap, and as much again for one that is on its way out. */
const MOST_BYTES = 2 * 2 * 144 * 1_048_576

let sandbox: Sandbox
beforeAll(async () => {
  process.env.SANDBOX_CANARY = CANARY
  sandbox = createSandbox({ threads: 2 })
  await sandbox.warm()
})
afterAll(async () => {
  delete process.env.SANDBOX_CANARY
  await sandbox.close()
})

/** Whatever it does, it finds nothing of this process, and leaves nothing in it. */
async function outcomeOf(source: string, given: Partial<Program> = {}): Promise<Outcome> {
  const program = { source, input: '{"a":1}', deadlineMs: 5000, seed: 1, nowMs: 0, ...given }
  const outcome = await sandbox.run(program)
  const said = JSON.stringify(outcome)
  expect(said).not.toContain(CANARY)
  expect(said).not.toContain(import.meta.dirname)
  expect(Object.keys(Object.prototype)).toEqual([])
  expect(said.length).toBeLessThan(400_000)
  return outcome
}

async function resultOf(source: string, given: Partial<Program> = {}): Promise<unknown> {
  const outcome = await outcomeOf(source, given)
  expect(outcome).toMatchObject({ kind: 'returned' })
  return outcome.kind === 'returned' && JSON.parse(outcome.value)
}

describe('a program', () => {
  test('gets its input, and gives back what it returns', async () => {
    expect(await resultOf('return input.a + 1')).toBe(2)
    expect(
      await resultOf('const { b } = input; return { b, 한글: [b, null] }', {
        input: '{"b":"é🙂"}',
      }),
    ).toEqual({ b: 'é🙂', 한글: ['é🙂', null] })
    expect(await resultOf('')).toBeNull()
    expect(await resultOf('// a comment at the end')).toBeNull()
    expect(await resultOf('return await Promise.all([1, Promise.resolve(2)])')).toEqual([1, 2])
  })

  test('is told where it went wrong', async () => {
    const error = await outcomeOf('const a = 1\n\nnull.x')
    expect(error).toMatchObject({ kind: 'failed', reason: 'threw', line: 3 })
    expect(error).toMatchObject({ message: expect.stringContaining('TypeError') })
    expect(await outcomeOf('return await new Promise(() => {})')).toMatchObject({
      reason: 'never-settles',
    })
    expect(await outcomeOf('return "x".repeat(300000)')).toMatchObject({ reason: 'too-large' })
  })

  test('may say something, which is kept in order', async () => {
    const { logs } = await outcomeOf('console.log("a", { b: 1 }); console.warn([2]); throw 1')
    expect(logs).toEqual([
      { level: 'info', text: 'a {"b":1}' },
      { level: 'warn', text: '[2]' },
    ])
  })

  test('does the same each time it is replayed', async () => {
    const source = `
      return [Math.random(), Math.random(), Date.now(), new Date().toISOString(), Date(),
        new Date(0).getTime(), new Date() instanceof Date, new Date().constructor === Date]`
    const replayed = { seed: 7, nowMs: 1_000_000_000_000 }
    const first = await resultOf(source, replayed)
    expect(first).toEqual(await resultOf(source, replayed))
    expect(first).toMatchObject({
      2: 1_000_000_000_000,
      3: '2001-09-09T01:46:40.000Z',
      5: 0,
      6: true,
      7: true,
    })
    expect(first).not.toEqual(await resultOf(source, { ...replayed, seed: 8 }))
  })
})

describe('a hostile program', () => {
  test.each(ABSENT)('finds no %s', async (name) => {
    expect(await resultOf(`return typeof ${name}`)).toBe('undefined')
  })

  test.each(WAYS_OUT)('gets nowhere: %s', async (source) => {
    const outcome = await outcomeOf(source)
    if (outcome.kind === 'failed') expect(outcome.reason).toBe('threw')
    else expect(['null', '{}']).toContain(outcome.value)
  })

  test.each(MALFORMED)('is refused: %s', async (source) => {
    expect(await outcomeOf(source)).toMatchObject({ kind: 'failed', reason: 'syntax' })
  })

  test.each(TAMPERING)('deceives itself only: %s', async (source, value) => {
    if (value === undefined) {
      expect(await outcomeOf(source)).toMatchObject({ kind: 'failed', reason: 'threw' })
    } else {
      const returned = await resultOf(source)
      if (value !== 'any') expect(returned).toEqual(value)
    }
  })

  test.each(UNSAYABLE)('gives back what is no JSON: %s', async (source) => {
    expect(await outcomeOf(source)).toMatchObject({ kind: 'failed', reason: 'no-json' })
  })

  test.each(HANGING)('is stopped: %s', async (source) => {
    expect(await outcomeOf(source, { deadlineMs: 100 })).toMatchObject({
      kind: 'failed',
      reason: 'deadline',
    })
  })

  test.each(GREEDY)('gets no more than it may have: %s', async (source, endings) => {
    const before = process.memoryUsage.rss()
    // Those that end by themselves do so, however slow the machine is.
    const deadlineMs = endings.includes('deadline') ? 1000 : 20_000
    const outcome = await outcomeOf(source, { deadlineMs })
    expect(endings).toContain(outcome.kind === 'failed' ? outcome.reason : outcome.kind)
    expect(process.memoryUsage.rss() - before).toBeLessThan(MOST_BYTES)
    expect(await resultOf('return input.a + 6')).toBe(7)
  })

  test.each(FLOODS)('is not listened to for ever: %s', async (source) => {
    const { logs } = await outcomeOf(source)
    expect(logs.length).toBeLessThanOrEqual(1000)
    expect(logs.map(({ text }) => text).join('').length).toBeLessThanOrEqual(65_536)
  })

  test.each(LEFT_BEHIND)('leaves nothing behind: %s', async (first, second) => {
    const alone = createSandbox({ threads: 1 })
    const run = (source: string) =>
      alone.run({ source, input: '{}', deadlineMs: 5000, seed: 1, nowMs: 0 })
    await run(first)
    expect(await run(second)).toMatchObject({ kind: 'returned', value: '"undefined"' })
    await alone.close()
  })
})

describe('a sandbox', () => {
  test('runs many programs, and new threads take the place of spent ones', async () => {
    const values = await Promise.all(
      Array.from({ length: 150 }, (_, n) => resultOf(`return input * 2`, { input: String(n) })),
    )
    expect(values).toEqual(Array.from({ length: 150 }, (_, n) => n * 2))
  })

  test('makes nobody wait without end', async () => {
    const small = createSandbox({ threads: 1, maxWaiting: 1 })
    const run = (source: string) =>
      small.run({ source, input: '{}', deadlineMs: 200, seed: 1, nowMs: 0 })
    const [first, second] = [run('while (true);'), run('return 2')]
    await expect(run('return 3')).rejects.toMatchObject({ code: 'sandbox.busy', transient: true })
    expect(await first).toMatchObject({ reason: 'deadline' })
    expect(await second).toMatchObject({ value: '2' })
    await small.close()
  })

  test('gives others their turn, however many programs of one wait', async () => {
    const one = createSandbox({ threads: 1 })
    const order: string[] = []
    const run = async (line: string) => {
      await one.run({ source: 'return 1', input: '{}', deadlineMs: 5000, seed: 1, nowMs: 0 }, line)
      order.push(line)
    }
    await Promise.all([...Array.from({ length: 6 }, () => run('greedy')), run('other')])
    // One was begun before anybody else was there, and the next turn was that of its line.
    expect(order.indexOf('other')).toBe(2)
    await one.close()
  })

  test('ends with the service, whatever runs in it', async () => {
    const closing = createSandbox({ threads: 1 })
    const run = () =>
      closing.run({ source: 'while (true);', input: '{}', deadlineMs: 60_000, seed: 1, nowMs: 0 })
    await closing.warm()
    const [running, waiting] = [run(), run()]
    const refused = expect(waiting).rejects.toMatchObject({ code: 'sandbox.closed' })
    await closing.close()
    expect(await running).toMatchObject({ kind: 'failed' })
    await refused
    await expect(run()).rejects.toMatchObject({ code: 'sandbox.closed' })
  })
})

test('a thread that was thrown away is replaced before anybody needs the next one', async () => {
  let started = 0
  const count = () => {
    started += 1
  }
  process.on('worker', count)
  const alone = createSandbox({ threads: 1 })
  try {
    await alone.warm()
    const program = { input: '{}', seed: 1, nowMs: 0, deadlineMs: 5000 }
    const source = 'const all = []; for (;;) all.push(new Array(100_000).fill(1))'
    expect(await alone.run({ ...program, source })).toMatchObject({ reason: 'memory' })
    await vi.waitFor(() => expect(started).toBe(2))
    expect(await alone.run({ ...program, source: 'return 7' })).toMatchObject({ kind: 'returned' })
    expect(started).toBe(2)
  } finally {
    process.off('worker', count)
    await alone.close()
  }
})
