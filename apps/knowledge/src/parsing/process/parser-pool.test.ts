import { join } from 'node:path'
import { silentLog } from '@dure/platform/testing'
import { afterEach, describe, expect, test } from 'vitest'
import { createParserPool, type ParserPool, type ParserPoolOptions } from './parser-pool.ts'

const HOSTILE = join(import.meta.dirname, 'testing/hostile-process.ts')
const NEVER = new AbortController().signal
const pools: ParserPool[] = []

function poolOf(options: Partial<ParserPoolOptions> = {}): ParserPool {
  const pool = createParserPool({
    size: 1,
    timeoutMs: 20_000,
    memoryMb: 256,
    log: silentLog(),
    ...options,
  })
  pools.push(pool)
  return pool
}

afterEach(() => {
  for (const pool of pools.splice(0)) pool.close()
})

const file = (name: string, text = '') => ({ name, bytes: new TextEncoder().encode(text) })
const textOf = (pool: ParserPool, name: string, text?: string) =>
  pool.parse(file(name, text), NEVER).then(
    (document) => document.text,
    (error: { code?: string }) => error.code ?? String(error),
  )

describe('a parser process', () => {
  test('makes the same of a file as the parser itself', async () => {
    const pool = poolOf()
    const markdown = '# 환불\n\n7일 안에\n\n## 카드\n\n3일'

    const document = await pool.parse(file('a.md', markdown), NEVER)

    expect(document).toEqual({
      text: markdown,
      metadata: { title: '환불' },
      blocks: [
        { headings: ['환불'], kind: 'prose', start: 6, end: 11 },
        { headings: ['환불', '카드'], kind: 'prose', start: 20, end: 22 },
      ],
    })
    expect(await textOf(pool, 'a.json', '{')).toBe('document.damaged')
    expect(await textOf(pool, 'b.txt', 'still there')).toBe('still there')
  })

  test.each([
    ['hang', 'document.parsing-timed-out', { timeoutMs: 3000 }],
    ['heap', 'document.parsing-out-of-memory', { memoryMb: 128 }],
    ['buffers', 'document.parsing-out-of-memory', { memoryMb: 128 }],
    ['exit', 'document.parser-crashed', {}],
    ['abort', 'document.parser-crashed', {}],
    ['throw', 'document.parser-crashed', {}],
    ['flood', 'document.too-much-text', {}],
    ['garbage', 'document.parser-crashed', {}],
    ['forged', 'document.parser-crashed', {}],
  ])('that does %s fails its file alone, with %s', async (what, code, options) => {
    const pool = poolOf({ entry: HOSTILE, ...options })

    expect(await textOf(pool, what)).toBe(code)
    expect(await textOf(pool, 'count')).toBe('1')
  })

  test.each([
    ['files', /^refused: ERR_ACCESS_DENIED$/],
    ['write', /^refused: ERR_ACCESS_DENIED$/],
    ['program', /^refused: ERR_ACCESS_DENIED$/],
    ['thread', /^refused: ERR_ACCESS_DENIED$/],
    ['fetch', /^refused: .*(no network|denied)/i],
    ['connect', /^refused: .*(no network|denied)/i],
    ['lookup', /^refused: .*(no network|denied)/i],
    ['code', /^refused: Code generation from strings disallowed/],
    ['environment', /^\{("PWD":"[^"]*",?|"SHLVL":"\d",?|"_":"[^"]*",?|"OLDPWD":"[^"]*",?)*\}$/],
  ])('gets nothing of %s', async (what, answer) => {
    expect(await textOf(poolOf({ entry: HOSTILE }), what)).toMatch(answer)
  })

  test('is replaced after so many files, and goes on after a file that fails', async () => {
    const pool = poolOf({ entry: HOSTILE, filesPerProcess: 3 })

    const answers: string[] = []
    for (const what of ['count', 'fail', 'count', 'count']) answers.push(await textOf(pool, what))

    expect(answers).toEqual(['1', 'document.damaged', '2', '1'])
  })
})

test('a process that holds much of its memory after a file is given no other', async () => {
  const pool = poolOf({ entry: HOSTILE, memoryMb: 320 })

  const answers: string[] = []
  for (const what of ['count', 'keep', 'count', 'count']) answers.push(await textOf(pool, what))

  expect(answers).toEqual(['1', '2', '1', '2'])
})

describe('a pool', () => {
  test('has no more processes than it may, and everybody gets a turn', async () => {
    const pool = poolOf({ entry: HOSTILE, size: 2 })

    const counts = await Promise.all(Array.from({ length: 10 }, () => textOf(pool, 'count')))

    // Two processes have counted their files; together that is all ten.
    expect(counts.filter((count) => count === '1').length).toBeLessThanOrEqual(2)
    expect(counts).toHaveLength(10)
  })

  test('lets go at once of what is being parsed and of what waits when it is told to stop', async () => {
    const pool = poolOf({ entry: HOSTILE })
    const stop = new AbortController()
    const all = ['hang', 'count', 'count'].map((what) => pool.parse(file(what), stop.signal))
    stop.abort()
    const after = pool.parse(file('count'), stop.signal)

    const results = await Promise.allSettled([...all, after])

    expect(results).toMatchObject(
      results.map(() => ({
        status: 'rejected',
        reason: { code: 'document.ingestion-interrupted' },
      })),
    )
    expect(await textOf(pool, 'count')).toBe('1')
  })
})
