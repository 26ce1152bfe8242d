import { describe, expect, test } from 'vitest'
import { expectSame, wordsIn } from '../comparison.ts'
import { embeddedStore } from '../embedded-store.ts'
import { createWriter, passageOf } from '../passages.ts'
import type { World } from './world.ts'

/** What is found, and how it is scored. */
export function conformsInFinding({ setUp, askerOf }: World): void {
  describe('finds', () => {
    test('the same ten as the embedded index, with the same scores, by words and by vectors', async () => {
      const { truth, base, asker } = await setUp()
      const writer = createWriter(1)
      for (let n = 0; n < 60; n++) {
        const passages = Array.from({ length: 1 + (n % 9) }, (_, at) =>
          writer.passage(`c${n}.${at}`),
        )
        truth.put(base, `d${n}`, passages)
      }
      const expected = await askerOf(truth, base, embeddedStore(truth)).opened()
      const actual = await asker.opened()

      expect(actual.size).toBe(expected.size)
      for (let n = 0; n < 60; n++) {
        const asked = { terms: writer.question(), limit: 10 }
        expectSame(await wordsIn(actual, asked), await wordsIn(expected, asked))
        const vector = writer.direction()
        expectSame(await actual.nearest(vector, asked), await expected.nearest(vector, asked))
        const ids = ['c3.0', 'c8.4', 'nowhere']
        const cosines = [...(await actual.cosines(vector, ids))].toSorted()
        expect(cosines.map(([id]) => id)).toEqual(['c3.0', 'c8.4'])
        const others = await expected.cosines(vector, ids)
        for (const [id, cosine] of cosines) expect(cosine).toBeCloseTo(others.get(id) ?? 0, 5)
      }
    })

    test('by pairs of syllables where no word is known, and knows how rare they are', async () => {
      const { truth, base, asker } = await setUp()
      truth.put(base, 'd', [passageOf('a', ['개인정보']), passageOf('b', ['연차휴가'])])

      expect(await asker.words(['연차휴기'])).toEqual(['b'])
      expect((await asker.opened()).holdersOfBigram('연차')).toBe(1)
      expect((await asker.opened()).holdersOfBigram('없다')).toBe(0)
    })

    test('nothing in an empty base, nor by a vector where none has one', async () => {
      const { truth, base, asker } = await setUp()
      const { direction } = createWriter(2)

      expect(await asker.words(['아무'])).toEqual([])
      truth.put(base, 'd', [passageOf('a', ['아무'])])
      expect(await asker.words(['아무'])).toEqual(['a'])
      expect(await asker.nearest(direction())).toEqual([])
      expect([...(await (await asker.opened()).cosines(direction(), ['a']))]).toEqual([])
    })

    test('whatever letters an id and a term are made of', async () => {
      const { truth, base, asker } = await setUp()
      const odd = [`it's "so"`, '%_\\', '😀\n\t', 'a b', '1=1 OR 1', '{}[]*?', '가\u0000나']
      for (const [at, letters] of odd.entries()) {
        if (letters.includes('\u0000')) truth.put(base, `d${at}`, [passageOf('nul', [letters])])
        else truth.put(base, letters, [passageOf(letters, [letters])])
      }

      for (const letters of odd) {
        expect(await asker.words([letters])).toEqual([letters.includes('\u0000') ? 'nul' : letters])
      }
      truth.remove(base, `it's "so"`)
      expect(await asker.words([`it's "so"`])).toEqual([])
    })

    test('in a document of thousands of passages, and in thousands of documents', async () => {
      const { truth, base, asker } = await setUp()
      const passage = (n: number) => passageOf(`p${n}`, ['공통', `고유${n}`])
      truth.put(
        base,
        'large',
        Array.from({ length: 3000 }, (_, n) => passage(n)),
      )
      for (let n = 3000; n < 5000; n++) truth.put(base, `d${n}`, [passage(n)])

      expect((await asker.opened()).size).toBe(5000)
      for (const n of [0, 2999, 3000, 4999])
        expect(await asker.words([`고유${n}`])).toEqual([`p${n}`])
    })
  })
}
