import { MEMORY_SCOPES, Page, PageQuery, Problem } from '@dure/contracts'
import {
  allowsTag,
  answerLostUpdates,
  contentTag,
  decodeCursor,
  encodeCursor,
  IfMatch,
  identityOf,
  invalidCursor,
} from '@dure/platform'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { type Static, Type } from 'typebox'
import type { MemoryEntry } from './memory.ts'
import type { MemoryService } from './service.ts'
import type { Place } from './store.ts'
import {
  FoundMemory,
  MemoryFilter,
  MemoryView,
  OfMemory,
  OfMemoryOwner,
  SearchMemory,
  viewMemory,
  WriteMemory,
} from './view.ts'

const tags = ['memory']
/** What is remembered comes from executions, and goes into them: who may see and start those, may see and write this. */
const read = { scope: 'runs:read' } as const
const write = { scope: 'runs:write' } as const

/** Under `/v2`. */
export const memoryRoutes: FastifyPluginAsyncTypebox<{ readonly memory: MemoryService }> = async (
  app,
  { memory },
) => {
  answerLostUpdates(app)

  app.get(
    '/memory',
    {
      config: read,
      schema: {
        operationId: 'listMemory',
        summary: 'List what is remembered, by scope, owner and key',
        tags,
        querystring: Type.Object({ ...PageQuery.properties, ...MemoryFilter }),
        response: { 200: Page(MemoryView, 'MemoryPage'), '4xx': Problem },
      },
    },
    async (request) => {
      const { limit, cursor, scope, owner } = request.query
      const page = { scope, owner, after: placeIn(cursor), limit: limit + 1 }
      const found = await memory.page(identityOf(request).tenant, page)
      const last = found.length > limit ? found[limit - 1] : undefined
      return {
        data: found.slice(0, limit).map(viewMemory),
        nextCursor: last ? encodeCursor([last.scope, last.owner, last.key]) : null,
      }
    },
  )

  app.post(
    '/memory/search',
    {
      config: read,
      schema: {
        operationId: 'searchMemory',
        summary: 'Find what is remembered for one owner by the words of a question',
        description:
          'In Korean, particles and spaces do not matter. Best first; what shares no word with the question is not found.',
        tags,
        body: SearchMemory,
        response: { 200: FoundMemory, '4xx': Problem },
      },
    },
    async (request) => {
      const { scope, owner, query, topK } = request.body
      const wanted = { owners: [{ scope, owner }], query, topK }
      const found = await memory.search(identityOf(request).tenant, wanted)
      return { data: found.map(({ entry, score }) => ({ score, memory: viewMemory(entry) })) }
    },
  )

  app.get(
    '/memory/:scope/:owner/:key',
    {
      config: read,
      schema: {
        operationId: 'getMemory',
        summary: 'Get what is remembered by a key',
        tags,
        params: OfMemory,
        response: { 200: MemoryView, '4xx': Problem },
      },
    },
    async (request, reply) => {
      const entry = await memory.get(keyOf(request))
      return reply.header('etag', tagOf(entry)).send(viewMemory(entry))
    },
  )

  app.put(
    '/memory/:scope/:owner/:key',
    {
      config: write,
      schema: {
        operationId: 'writeMemory',
        summary: 'Remember something by a key, instead of what was there',
        description:
          'With `If-Match`, only instead of what its author has seen. An agent or a thread that owns it has to be there.',
        tags,
        params: OfMemory,
        headers: IfMatch,
        body: WriteMemory,
        response: { 200: MemoryView, 201: MemoryView, '4xx': Problem },
      },
    },
    async (request, reply) => {
      const { principalId: writtenBy } = identityOf(request)
      const remembered = { ...request.body, source: 'api', writtenBy } as const
      const { entry, isNew } = await memory.put(keyOf(request), remembered, expectedBy(request))
      return reply
        .code(isNew ? 201 : 200)
        .header('etag', tagOf(entry))
        .send(viewMemory(entry))
    },
  )

  app.delete(
    '/memory/:scope/:owner/:key',
    {
      config: write,
      schema: {
        operationId: 'deleteMemory',
        summary: 'Forget what is remembered by a key',
        tags,
        params: OfMemory,
        headers: IfMatch,
        response: { 204: Type.Null(), '4xx': Problem },
      },
    },
    async (request, reply) => {
      await memory.remove(keyOf(request), expectedBy(request))
      return reply.code(204).send(null)
    },
  )

  app.delete(
    '/memory/:scope/:owner',
    {
      config: write,
      schema: {
        operationId: 'forgetMemoryOwner',
        summary: 'Forget all that is remembered for one owner, such as a person who asks for it',
        tags,
        params: OfMemoryOwner,
        response: { 204: Type.Null(), '4xx': Problem },
      },
    },
    async (request, reply) => {
      await memory.forget(identityOf(request).tenant, request.params)
      return reply.code(204).send(null)
    },
  )
}

type Asked = Parameters<typeof identityOf>[0]

function keyOf(request: Asked & { params: Static<typeof OfMemory> }) {
  return { tenant: identityOf(request).tenant, ...request.params }
}

/** Without the header, whatever there is, if there is anything. */
function expectedBy({ headers }: { headers: { readonly 'if-match'?: string | undefined } }) {
  return (entry: MemoryEntry | undefined) =>
    entry ? allowsTag(headers, tagOf(entry)) : headers['if-match'] === undefined
}

function tagOf(entry: MemoryEntry): string {
  return contentTag(viewMemory(entry))
}

function placeIn(cursor: string | undefined): Place | undefined {
  if (cursor === undefined) return undefined
  const [name, owner, key, ...more] = decodeCursor(cursor)
  const scope = MEMORY_SCOPES.find((one) => one === name)
  const isPlace = scope && owner !== undefined && key !== undefined && more.length === 0
  if (!isPlace || `${owner}${key}`.includes('\u0000')) throw invalidCursor()
  return { scope, owner, key }
}
