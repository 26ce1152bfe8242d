import type { Identity, SearchHit } from '@dure/contracts'
import type { Service } from '@dure/platform'
import { type ScriptedModel, startScriptedModel } from '@dure/scripted-model'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { STRANGER, setUpKnowledge } from '../testing.ts'
import {
  ASKERS,
  ASKS,
  type Asker,
  FILTERS,
  isFor,
  type Metadata,
  metadata,
  NAMES,
  TEXTS,
} from './testing/askers.ts'

/** More of them find more; each takes a few seconds. */
const RUNS = Number(process.env.PROPERTY_RUNS ?? 3)

let model: ScriptedModel
let knowledge: Awaited<ReturnType<typeof setUpKnowledge>>
let app: Service
beforeAll(async () => {
  model = await startScriptedModel()
  knowledge = await setUpKnowledge({ EMBEDDING_BASE_URL: model.baseUrl, EMBEDDING_MODEL: 'small' })
  app = await knowledge.start('all')
})
afterAll(async () => {
  await knowledge.tearDown()
  await model.close()
})

const access = fc.oneof(fc.constant(['everybody']), fc.subarray(NAMES))
const file = fc.nat(4).map((number) => `${number}.txt`)
const shelf = fc.nat(1)
const step = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('write'),
      shelf,
      file,
      text: fc.constantFrom(...TEXTS),
      isUnique: fc.boolean(),
      access,
      metadata: fc.option(metadata, { nil: undefined }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('delete'), shelf, file }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('restrict'), shelf, file, access }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('describe'), shelf, file, metadata }) },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('search'),
      shelf,
      asker: fc.constantFrom(...ASKERS),
      mode: fc.constantFrom('keyword', 'vector', 'hybrid'),
      query: fc.constantFrom(...TEXTS),
      filter: fc.nat(FILTERS.length - 1),
    }),
  },
)
type Step = { readonly shelf: number; readonly file: string; readonly text: string } & {
  readonly do: string
  /** Else, other files may have the same text: then it is shown once. */
  readonly isUnique: boolean
  readonly access: readonly string[]
  readonly metadata: Metadata | undefined
  /** Which of `FILTERS`. */
  readonly filter: number
  readonly asker: Asker
  readonly mode: string
  readonly query: string
}

type Search = Pick<Step, 'asker' | 'mode' | 'query' | 'filter'>

/** What must be so of a document, as long as it is there. */
interface Expected {
  readonly id: string
  access: readonly string[]
  metadata: Metadata
  /** Any of them may be found: the newest, and those before it until it is ready. */
  texts: string[]
}

async function setUpShelf(tenant = knowledge.tenant) {
  const clientOf = (who: Partial<Identity>) => knowledge.client(app, { ...who, tenant })
  const all = clientOf({})
  const base = await all.createBase()
  const documents = new Map<string, Expected>()
  const pathOf = ({ id }: Expected) => `/${base}/documents/${id}`

  async function write({
    file: name,
    access: wanted,
    metadata: said,
    ...step
  }: Step): Promise<void> {
    const text = step.isUnique ? `${step.text} ${name}` : step.text
    const known = documents.get(name)
    const body = { name, text, ...(!known && { access: wanted }), ...(said && { metadata: said }) }
    const { id } = (await all.call('POST', `/${base}/documents`, { body })).json()
    if (known) known.texts.push(text)
    else documents.set(name, { id, access: wanted, metadata: {}, texts: [text] })
    const document = documents.get(name)
    if (document && said) document.metadata = said
  }

  async function restrict({ file: name, access: wanted }: Step): Promise<void> {
    const document = documents.get(name)
    if (!document) return
    const body = { access: wanted }
    expect((await all.call('PUT', `${pathOf(document)}/access`, { body })).statusCode).toBe(200)
    document.access = wanted
  }

  async function describe({ file: name, metadata: said = {} }: Step): Promise<void> {
    const document = documents.get(name)
    if (!document) return
    const body = { metadata: said }
    expect((await all.call('PUT', `${pathOf(document)}/metadata`, { body })).statusCode).toBe(200)
    document.metadata = said
  }

  async function remove({ file: name }: Step): Promise<void> {
    const document = documents.get(name)
    if (!document) return
    expect((await all.call('DELETE', pathOf(document))).statusCode).toBe(204)
    documents.delete(name)
  }

  async function search({ asker, mode, query, filter }: Search) {
    const { who, onBehalfOf } = asker
    const more = { mode, topK: 50, filter: FILTERS[filter], ...(onBehalfOf && { onBehalfOf }) }
    const body = { query, ...more }
    const response = await clientOf(who).call('POST', `/${base}/search`, { body })
    expect(response.statusCode, response.body).toBe(200)
    const { chunks, citations } = response.json()
    for (const hit of chunks as SearchHit[]) {
      const document = documents.get(hit.documentName)
      expect(document?.id, 'is not deleted, and of this base').toBe(hit.documentId)
      expect(document?.texts, 'is not replaced').toContain(hit.text)
      expect(isFor(asker, document?.access ?? []), 'is for who asks').toBe(true)
      expect(ASKS[filter]?.(document?.metadata ?? {}), 'is asked for').toBe(true)
    }
    const idsOf = (quoted: Pick<SearchHit, 'chunkId' | 'documentId'>[]) =>
      quoted.map(({ chunkId, documentId }) => [chunkId, documentId])
    expect(idsOf(citations), 'cites what was found, and nothing else').toEqual(idsOf(chunks))
    return (chunks as SearchHit[]).map(({ text }) => text)
  }

  /** All that is allowed is found, in every mode, by whoever asks. */
  async function settle(): Promise<void> {
    for (const document of documents.values()) {
      await all.settled(base, document.id)
      document.texts = document.texts.slice(-1)
    }
    for (const asker of ASKERS) {
      for (const mode of ['keyword', 'vector', 'hybrid']) {
        for (const [place, query] of TEXTS.entries()) {
          const filter = (ASKERS.indexOf(asker) + place) % FILTERS.length
          const wanted = [...documents.values()]
            .filter(({ access }) => isFor(asker, access))
            .filter((document) => ASKS[filter]?.(document.metadata))
            .flatMap(({ texts }) => texts)
            .filter((text) => text.startsWith(query))
          const asked = { asker, mode, query, filter }
          expect(await search(asked)).toEqual(expect.arrayContaining(wanted))
        }
      }
    }
  }

  return { write, restrict, describe, delete: remove, search, settle }
}

test(
  'no search finds what is deleted, replaced, foreign, not for who asks or not asked for; all else is found',
  async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 30, maxLength: 60, size: 'max' }),
        async (steps) => {
          const shelves = await Promise.all([setUpShelf(), setUpShelf(STRANGER)])
          for (const one of steps as Step[]) {
            const place = shelves[one.shelf]
            await place?.[one.do as 'write'](one)
          }
          for (const place of shelves) await place.settle()
        },
      ),
      { numRuns: RUNS, endOnFailure: true },
    )
  },
  RUNS * 120_000,
)
