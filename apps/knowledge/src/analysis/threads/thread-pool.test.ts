import { join } from 'node:path'
import { createAnalyzer, createUserDictionary, loadDictionary } from '@dure/retrieval'
import { afterEach, describe, expect, test } from 'vitest'
import { termsOf } from '../passage-terms.ts'
import { createThreadPool, type ThreadPool, type ThreadPoolOptions } from './thread-pool.ts'

const HOSTILE = { entry: join(import.meta.dirname, 'testing/hostile-thread.ts') }

const pools: ThreadPool[] = []
afterEach(() => Promise.all(pools.splice(0).map((pool) => pool.close())))

function poolOf(options: ThreadPoolOptions): ThreadPool {
  const pool = createThreadPool(options)
  pools.push(pool)
  return pool
}

const say = (pool: ThreadPool, text: string) => pool.run({ passages: [{ headings: [], text }] })
const heard = (text: string) => [{ morphemes: text }]

describe('threads that analyse passages', () => {
  test('find what the analyzer finds, in the order of the passages', async () => {
    const analyzer = createAnalyzer(await loadDictionary())
    const passages = Array.from({ length: 30 }, (_, n) => ({
      headings: ['환불 규정', `제${n}조`],
      text: `주문 ${n}번은 GPT-4o로 환불했습니다.`,
    }))
    const pool = poolOf({ size: 2 })

    const found = await Promise.all(
      passages.map((passage) => pool.run({ passages: [passage, passage] })),
    )

    const expected = passages.map((passage) => termsOf(analyzer, passage))
    expect(found).toEqual(expected.map((terms) => [terms, terms]))
  })

  test('read by the words of a project, too', async () => {
    const word = { surface: '카공', parts: [], tag: 'NNG' } as const
    const words = createUserDictionary(await loadDictionary(), 'v1', [word])
    const passages = [{ headings: [], text: '카공하고' }]
    const pool = poolOf({ size: 1 })

    expect(await pool.run({ passages, words })).toMatchObject([{ morphemes: '카공' }])
    expect(await pool.run({ passages })).not.toMatchObject([{ morphemes: '카공' }])
  })

  test.each(['exit', 'throw', 'hoard'])('that %s lose their own work alone', async (command) => {
    const pool = poolOf({ size: 2, ...HOSTILE })
    const others = () => Promise.all(['하나', '둘', '셋'].map((text) => say(pool, text)))

    const lost = say(pool, command)
    const during = others()

    await expect(lost).rejects.toMatchObject({ code: 'analyzer.thread-lost', transient: true })
    expect(await during).toEqual(['하나', '둘', '셋'].map(heard))
    expect(await others()).toEqual(['하나', '둘', '셋'].map(heard))
  })

  test('that hang are ended', async () => {
    const pool = poolOf({ size: 1, timeoutMs: 200, ...HOSTILE })

    await expect(say(pool, 'hang')).rejects.toMatchObject({ code: 'analyzer.thread-lost' })
  })

  test('make nobody wait without end', async () => {
    const pool = poolOf({ size: 1, maxWaiting: 1, ...HOSTILE })
    const [first, second] = [say(pool, '하나'), say(pool, '둘')]

    await expect(say(pool, '셋')).rejects.toMatchObject({ code: 'analyzer.busy', transient: true })
    expect(await Promise.all([first, second])).toEqual(['하나', '둘'].map(heard))
  })

  test('end with the service, whatever they do', async () => {
    const pool = poolOf({ size: 1, ...HOSTILE })
    const [hanging, waiting] = [say(pool, 'hang'), say(pool, '둘')].map((work) =>
      expect(work).rejects.toMatchObject({ code: 'analyzer.thread-lost' }),
    )

    await pool.close()

    await Promise.all([hanging, waiting])
    await expect(say(pool, '셋')).rejects.toMatchObject({ code: 'analyzer.thread-lost' })
  })
})
