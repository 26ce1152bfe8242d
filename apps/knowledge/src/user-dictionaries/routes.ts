import { Page, PageQuery, Problem } from '@dure/contracts'
import { answerLostUpdates, etagOf, expectedRevisions, IfMatch, identityOf } from '@dure/platform'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { MAX_ENTRIES } from './dictionary-entry.ts'
import type { DictionaryEntryService } from './service.ts'
import {
  CreateDictionaryEntry,
  DictionaryEntryId,
  DictionaryEntryView,
  UpdateDictionaryEntry,
  viewEntry,
} from './view.ts'

const params = Type.Object({ dictionaryEntryId: DictionaryEntryId })
const tags = ['knowledge']
const read = { scope: 'knowledge:read' } as const
const write = { scope: 'knowledge:write' } as const

/** Under `/v1`. */
export const dictionaryEntryRoutes: FastifyPluginAsyncTypebox<{
  readonly entries: DictionaryEntryService
}> = async (app, { entries }) => {
  answerLostUpdates(app)

  app.post(
    '/dictionary-entries',
    {
      config: { ...write, idempotency: 'transaction' },
      schema: {
        operationId: 'createDictionaryEntry',
        summary: 'Teach the project a word',
        description: `Documents and questions are read by it, beside the words of the Korean dictionary: a new word, a name, or one that is to be found by other parts. Documents that are there are analysed anew in the background; until then, they are found as before. A project has at most ${MAX_ENTRIES} words.`,
        tags,
        body: CreateDictionaryEntry,
        response: { 201: DictionaryEntryView, '4xx': Problem },
      },
    },
    async (request, reply) => {
      const entry = await entries.create(identityOf(request).tenant, request.body)
      return reply
        .code(201)
        .header('location', `/v1/dictionary-entries/${entry.id}`)
        .header('etag', etagOf(entry))
        .send(viewEntry(entry))
    },
  )

  app.get(
    '/dictionary-entries',
    {
      config: read,
      schema: {
        operationId: 'listDictionaryEntries',
        summary: 'List the words of the project, newest first',
        tags,
        querystring: PageQuery,
        response: { 200: Page(DictionaryEntryView, 'DictionaryEntryPage'), '4xx': Problem },
      },
    },
    async (request) => {
      const { data, nextCursor } = await entries.list(identityOf(request).tenant, request.query)
      return { data: data.map(viewEntry), nextCursor }
    },
  )

  app.get(
    '/dictionary-entries/:dictionaryEntryId',
    {
      config: read,
      schema: {
        operationId: 'getDictionaryEntry',
        summary: 'Get a word of the project',
        tags,
        params,
        response: { 200: DictionaryEntryView, '4xx': Problem },
      },
    },
    async (request, reply) => {
      const entry = await entries.get(keyOf(request))
      return reply.header('etag', etagOf(entry)).send(viewEntry(entry))
    },
  )

  app.put(
    '/dictionary-entries/:dictionaryEntryId',
    {
      config: write,
      schema: {
        operationId: 'updateDictionaryEntry',
        summary: 'Change the parts and the part of speech of a word',
        tags,
        params,
        headers: IfMatch,
        body: UpdateDictionaryEntry,
        response: { 200: DictionaryEntryView, '4xx': Problem },
      },
    },
    async (request, reply) => {
      const expected = expectedRevisions(request.headers)
      const entry = await entries.update(keyOf(request), request.body, expected)
      return reply.header('etag', etagOf(entry)).send(viewEntry(entry))
    },
  )

  app.delete(
    '/dictionary-entries/:dictionaryEntryId',
    {
      config: write,
      schema: {
        operationId: 'deleteDictionaryEntry',
        summary: 'Forget a word of the project',
        tags,
        params,
        headers: IfMatch,
        response: { 204: Type.Null(), '4xx': Problem },
      },
    },
    async (request, reply) => {
      await entries.remove(keyOf(request), expectedRevisions(request.headers))
      return reply.code(204).send(null)
    },
  )
}

function keyOf(request: Parameters<typeof identityOf>[0] & { readonly params: unknown }) {
  const { dictionaryEntryId } = request.params as { dictionaryEntryId: string }
  return { tenant: identityOf(request).tenant, id: dictionaryEntryId }
}
