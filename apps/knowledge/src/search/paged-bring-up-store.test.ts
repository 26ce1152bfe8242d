import type { KnowledgeBaseId } from '@dure/contracts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { setUpKnowledge } from '../testing.ts'
import type { IndexedPassage } from './bring-up-store.ts'
import { createPagedBringUp } from './paged-bring-up-store.ts'

let knowledge: Awaited<ReturnType<typeof setUpKnowledge>>
let client: ReturnType<typeof knowledge.client>

beforeAll(async () => {
  knowledge = await setUpKnowledge()
  client = knowledge.client(await knowledge.start('all'))
})
afterAll(() => knowledge.tearDown())

async function put(base: string, name: string, text: string): Promise<string> {
  const { id } = await client.put(base, name, text)
  await client.settled(base, id)
  return id
}

/** What a reader gets that holds some versions already, and does something as soon as it gets the first one. */
async function read(
  base: KnowledgeBaseId,
  { versions = new Map(), first = async () => {} }: Reading = {},
) {
  const got = new Map<string, string | undefined>()
  const generation = await createPagedBringUp(knowledge.pool, { documentsPerPage: 2 })(
    knowledge.tenant,
    base,
    {
      ...{ versions, revisions: new Map(), learn: () => {} },
      remove: (documentId) => void got.set(documentId, undefined),
      async put(documentId, version, passages) {
        if (got.size === 0) await first()
        got.set(documentId, `${version}: ${wordsOf(passages)}`)
      },
    },
  )
  return { generation, got }
}

interface Reading {
  readonly versions?: ReadonlyMap<string, number>
  readonly first?: () => Promise<unknown>
}

const wordsOf = (passages: readonly IndexedPassage[]) =>
  passages.flatMap(({ morphemes }) => morphemes).join(' ')

test('what is read in pages has all that is new, and loses what is gone, whatever happens meanwhile', async () => {
  const base = (await client.createBase()) as KnowledgeBaseId
  const ids: string[] = []
  for (const [at, word] of ['사과', '배', '감'].entries())
    ids.push(await put(base, `${at}.txt`, word))
  const [first = '', second = '', third = ''] = ids

  const { generation, got } = await read(base, {
    versions: new Map([
      [first, 1],
      ['gone', 3],
    ]),
  })

  expect(generation).toBe(3n)
  expect(got.get('gone')).toBeUndefined()
  expect([...got.keys()].toSorted()).toEqual([second, third, 'gone'].toSorted())
  expect([got.get(second), got.get(third)]).toEqual(['1: 배', '1: 감'])
})

test('a document that is replaced or deleted between two pages is read as it is then', async () => {
  const base = (await client.createBase()) as KnowledgeBaseId
  const ids: string[] = []
  for (const word of ['사과', '배', '감', '귤']) ids.push(await put(base, word, word))

  const { generation, got } = await read(base, {
    async first() {
      for (const id of ids.slice(0, 3)) await client.call('DELETE', `/${base}/documents/${id}`)
      await put(base, '귤', '포도')
    },
  })

  expect(generation).toBe(4n)
  expect(got.size).toBe(4)
  // Two were on the first page, which was read before.
  const later = [...got].slice(2)
  expect(later).toEqual(later.map(([id]) => [id, id === ids[3] ? '2: 포도' : undefined]))
})
