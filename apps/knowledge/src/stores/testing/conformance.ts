import { randomUUID } from 'node:crypto'
import type { KnowledgeBaseId } from '@dure/contracts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readerOf } from '../../documents/access.ts'
import type { BringUp, ReadFacts } from '../../search/bring-up-store.ts'
import { setUpKnowledge } from '../../testing.ts'
import { createJournal, type Journal } from '../external/journal.ts'
import type { RetrievalStore } from '../retrieval-store.ts'
import { createAsker } from './asker.ts'
import { expectSame, wordsIn } from './comparison.ts'
import { embeddedStore } from './embedded-store.ts'
import { createWriter, passageOf } from './passages.ts'
import { createTruth, type Truth } from './truth.ts'

export interface StoreParts {
  readonly bringUp: BringUp
  readonly readFacts: ReadFacts
  readonly journal: Journal
}

/**
 * What every store does, whatever is behind it. The embedded index says what the answers are.
 *
 * @param open a process with this store; all of them work on the same engine
 */
export function conformance(open: (parts: StoreParts) => Promise<RetrievalStore>): void {
  let knowledge: Awaited<ReturnType<typeof setUpKnowledge>>
  const stores: RetrievalStore[] = []

  beforeAll(async () => {
    knowledge = await setUpKnowledge()
  })
  afterAll(async () => {
    for (const store of stores) await store.close()
    await knowledge.tearDown()
  })

  async function process(truth: Truth): Promise<RetrievalStore> {
    const store = await open({ ...truth, journal: createJournal(knowledge.pool) })
    stores.push(store)
    return store
  }

  async function newBase(): Promise<KnowledgeBaseId> {
    const id = `kb_${randomUUID().replaceAll('-', '')}` as KnowledgeBaseId
    const { organizationId, projectId } = knowledge.tenant
    await knowledge.pool.query(
      `INSERT INTO knowledge_base (id, organization_id, project_id, name) VALUES ($1, $2, $3, 'B')`,
      [id, organizationId, projectId],
    )
    return id
  }

  async function setUp() {
    const truth = createTruth()
    const base = await newBase()
    const store = await process(truth)
    return { truth, base, store, asker: askerOf(truth, base, store) }
  }
  const askerOf = (truth: Truth, base: KnowledgeBaseId, store: RetrievalStore) =>
    createAsker(() => store.open(knowledge.tenant, base, truth.generation(base)))

  describe('finds', () => {
    test('the same ten as the embedded index, with the same scores, by words and by vectors', async () => {
      const { truth, base, store } = await setUp()
      const writer = createWriter(1)
      for (let n = 0; n < 60; n++) {
        const passages = Array.from({ length: 1 + (n % 9) }, (_, at) =>
          writer.passage(`c${n}.${at}`),
        )
        truth.put(base, `d${n}`, passages)
      }
      const generation = truth.generation(base)
      const expected = await embeddedStore(truth).open(knowledge.tenant, base, generation)
      const actual = await store.open(knowledge.tenant, base, generation)

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
        processes.map((store) => store.open(knowledge.tenant, base, truth.generation(base))),
      )

      const expected = await askerOf(truth, base, embeddedStore(truth)).opened()
      for (const actual of opened) {
        expect(actual.size).toBe(40)
        const asked = { terms: writer.question(), limit: 10 }
        expectSame(await wordsIn(actual, asked), await wordsIn(expected, asked))
      }
    })
  })

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
