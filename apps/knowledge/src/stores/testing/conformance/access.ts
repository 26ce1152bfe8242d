import { describe, expect, test } from 'vitest'
import { readerOf } from '../../../documents/access.ts'
import { embeddedStore } from '../embedded-store.ts'
import { createWriter, passageOf } from '../passages.ts'
import type { World } from './world.ts'

/** What is not found. */
export function conformsInAccess({ process, newBase, setUp, askerOf }: World): void {
  describe('keeps apart', () => {
    test('what a reader may see, and hears of a change that another process has brought up', async () => {
      const { truth, base, asker } = await setUp()
      const other = askerOf(truth, base, await process(truth))
      truth.put(base, 'd1', [passageOf('open', ['함께'])])
      truth.put(base, 'd2', [passageOf('secret', ['함께', '비밀'])])
      const ana = readerOf({ principals: ['user:ana'], seesAll: false })
      const seen = async () =>
        asker.words(['함께'], (await asker.opened()).acceptedBy({ reader: ana }))
      expect((await seen()).toSorted()).toEqual(['open', 'secret'])

      truth.restrict(base, 'd2', ['user:bo'])
      await other.opened()
      expect(await seen()).toEqual(['open'])

      truth.restrict(base, 'd2', ['user:ana'])
      await other.opened()
      expect((await seen()).toSorted()).toEqual(['open', 'secret'])
    })

    test('what a filter asks for, of metadata that another process has brought up', async () => {
      const { truth, base, asker } = await setUp()
      const other = askerOf(truth, base, await process(truth))
      for (const id of ['d1', 'd2']) truth.put(base, id, [passageOf(`c${id}`, ['함께'])])
      const reader = { caller: null, person: null }
      for (const id of ['d1', 'd2']) {
        truth.describe(base, id, { x: 1 })
        await other.opened()
        const asked = (await asker.opened()).acceptedBy({ reader, filter: { key: 'x', is: 1 } })
        expect(await asker.words(['함께'], asked)).toEqual([`c${id}`])
        truth.describe(base, id, { x: 2 })
      }
    })

    test('two bases with the same documents', async () => {
      const { truth, base, store, asker } = await setUp()
      const foreign = await newBase()
      const { direction, passage } = createWriter(5)
      truth.put(base, 'd', [{ ...passage('mine'), morphemes: ['비밀'] }])
      truth.put(foreign, 'd', [{ ...passage('theirs'), morphemes: ['비밀'] }])
      const theirs = askerOf(truth, foreign, store)

      expect([await asker.words(['비밀']), await theirs.words(['비밀'])]).toEqual([
        ['mine'],
        ['theirs'],
      ])
      expect(await asker.nearest(direction())).toEqual(['mine'])
      const found = await (await asker.opened()).cosines(direction(), ['mine', 'theirs'])
      expect([...found.keys()]).toEqual(['mine'])
      truth.remove(foreign, 'd')
      expect(await theirs.words(['비밀'])).toEqual([])
      expect(await asker.words(['비밀'])).toEqual(['mine'])
    })

    test('the documents that are accepted from all others, be they few or many', async () => {
      const { truth, base, asker } = await setUp()
      const { direction, passage } = createWriter(6)
      for (let n = 0; n < 700; n++) {
        truth.put(base, `d${n}`, [{ ...passage(`c${n}`), morphemes: ['모두', `고유${n}`] }])
      }
      const vector = direction()

      for (const accepts of [
        (id: string) => id === 'd400',
        (id: string) => Number(id.slice(1)) % 50 === 0,
        (id: string) => Number(id.slice(1)) > 100,
        () => false,
      ]) {
        const expected = askerOf(truth, base, embeddedStore(truth))
        expect(await asker.nearest(vector, accepts)).toEqual(
          await expected.nearest(vector, accepts),
        )
        const found = await asker.words(['모두'], accepts)
        expect(found.every((id) => accepts(`d${id.slice(1)}`))).toBe(true)
        expect(found).toHaveLength((await expected.words(['모두'], accepts)).length)
      }
    })
  })
}
