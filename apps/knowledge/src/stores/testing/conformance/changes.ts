import { describe, expect, test } from 'vitest'
import { expectSame, wordsIn } from '../comparison.ts'
import { embeddedStore } from '../embedded-store.ts'
import { createWriter, passageOf } from '../passages.ts'
import { createTruth } from '../truth.ts'
import type { World } from './world.ts'

/** What becomes of a change, whoever has written it. */
export function conformsInChanges({ process, newBase, setUp, askerOf }: World): void {
  describe('follows', () => {
    test('a removal at once, in what it finds and in how rare words are', async () => {
      const { truth, base, asker } = await setUp()
      const writer = createWriter(3)
      const passages = Array.from({ length: 30 }, (_, n) => writer.passage(`c${n}`))
      for (const [n, passage] of passages.entries()) truth.put(base, `d${n}`, [passage])
      const vector = writer.direction()
      const [nearest] = await asker.nearest(vector)
      const document = `d${nearest?.slice(1)}`

      truth.remove(base, document)

      const expected = askerOf(truth, base, embeddedStore(truth))
      expect(await asker.nearest(vector)).toEqual(await expected.nearest(vector))
      expect((await asker.opened()).size).toBe(29)
      const known = await expected.opened()
      for (let n = 0; n < 20; n++) {
        const asked = { terms: writer.question(), limit: 10 }
        expectSame(await wordsIn(await asker.opened(), asked), await wordsIn(known, asked))
      }
    })

    test('a new version that another process has written, and shows nothing of the one before', async () => {
      const { truth, base, asker } = await setUp()
      const other = askerOf(truth, base, await process(truth))
      truth.put(base, 'd', [passageOf('a1', ['처음', '함께'])])
      expect(await asker.words(['함께'])).toEqual(['a1'])

      truth.put(base, 'd', [passageOf('a2', ['다음', '함께'])])
      expect(await other.words(['함께'])).toEqual(['a2'])

      expect(await asker.words(['함께'])).toEqual(['a2'])
      expect(await asker.words(['처음'])).toEqual([])
    })

    test('versions that come while it is asked, and never shows a part of one', async () => {
      const { truth, base, asker } = await setUp()
      const writer = askerOf(truth, base, await process(truth))
      const version = (n: number) =>
        Array.from({ length: 5 }, (_, at) => passageOf(`v${n}.${at}`, ['함께', `낱말${at}`]))
      truth.put(base, 'd', version(0))
      await writer.opened()
      let isOver = false
      const changes = (async () => {
        for (let n = 1; n <= 8; n++) {
          truth.put(base, 'd', version(n))
          await writer.opened()
        }
      })().finally(() => {
        isOver = true
      })

      const seen: string[][] = []
      while (!isOver) seen.push((await asker.words(['함께'])).map((id) => id.split('.')[0] ?? ''))
      await changes

      // An old one may be gone already when its rows are asked for; PostgreSQL is asked again then.
      for (const ids of seen) {
        expect(new Set(ids).size).toBeLessThanOrEqual(1)
        expect([0, 5]).toContain(ids.length)
      }
      expect(await asker.words(['함께'])).toHaveLength(5)
    })

    test('what several processes write at the same moment, once', async () => {
      const truth = createTruth()
      const base = await newBase()
      const writer = createWriter(4)
      for (let n = 0; n < 40; n++) truth.put(base, `d${n}`, [writer.passage(`c${n}`)])
      const processes = await Promise.all([process(truth), process(truth), process(truth)])

      const opened = await Promise.all(
        processes.map((store) => askerOf(truth, base, store).opened()),
      )

      const expected = await askerOf(truth, base, embeddedStore(truth)).opened()
      for (const actual of opened) {
        expect(actual.size).toBe(40)
        const asked = { terms: writer.question(), limit: 10 }
        expectSame(await wordsIn(actual, asked), await wordsIn(expected, asked))
      }
    })
  })
}
