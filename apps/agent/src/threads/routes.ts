import { Page, PageQuery, Problem, ThreadId } from '@dure/contracts'
import {
  allowsTag,
  answerLostUpdates,
  contentTag,
  decodeCursor,
  encodeCursor,
  IfMatch,
  identityOf,
  invalidCursor,
  pageKeyOf,
  pageOf,
} from '@dure/platform'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import type { ThreadService } from './service.ts'
import type { Thread } from './thread.ts'
import {
  CreateThread,
  ThreadDetailView,
  ThreadMessageView,
  ThreadView,
  UpdateThread,
  viewThread,
  viewThreadMessage,
} from './view.ts'

const OfThread = Type.Object({ threadId: ThreadId })
const tags = ['threads']
/** What is said in a thread is what its executions were asked and answered: who may see those, may see this. */
const read = { scope: 'runs:read' } as const
const write = { scope: 'runs:write' } as const

/** Under `/v2`. */
export const threadRoutes: FastifyPluginAsyncTypebox<{ readonly threads: ThreadService }> = async (
  app,
  { threads },
) => {
  answerLostUpdates(app)

  app.post(
    '/threads',
    {
      config: { ...write, idempotency: 'transaction' },
      schema: {
        operationId: 'createThread',
        summary: 'Begin a conversation with agents',
        tags,
        body: CreateThread,
        response: { 201: ThreadView, '4xx': Problem },
      },
    },
    async (request, reply) => {
      const { title = '', metadata = {} } = request.body
      const created = await threads.create(identityOf(request), { title, metadata })
      return reply
        .code(201)
        .header('location', `/v2/threads/${created.id}`)
        .header('etag', tagOf(created))
        .send(viewThread(created))
    },
  )

  app.get(
    '/threads',
    {
      config: read,
      schema: {
        operationId: 'listThreads',
        summary: 'List the threads of the project, newest first',
        tags,
        querystring: PageQuery,
        response: { 200: Page(ThreadView, 'ThreadPage'), '4xx': Problem },
      },
    },
    async (request) => {
      const { limit, cursor } = request.query
      const page = { limit: limit + 1, after: pageKeyOf(cursor, 'thr') }
      const found = await threads.page(identityOf(request).tenant, page)
      const { data, nextCursor } = pageOf(found, limit)
      return { data: data.map(viewThread), nextCursor }
    },
  )

  app.get(
    '/threads/:threadId',
    {
      config: read,
      schema: {
        operationId: 'getThread',
        summary: 'Get a thread; what was said in it is a list of its own',
        tags,
        params: OfThread,
        response: { 200: ThreadDetailView, '4xx': Problem },
      },
    },
    async (request, reply) => {
      const thread = await threads.get(keyOf(request))
      const summary = await threads.summary(keyOf(request))
      const view = { ...viewThread(thread), ...(summary && { summary }) }
      return reply.header('etag', tagOf(thread)).send(view)
    },
  )

  app.patch(
    '/threads/:threadId',
    {
      config: write,
      schema: {
        operationId: 'updateThread',
        summary: 'Change the title or the metadata of a thread',
        tags,
        params: OfThread,
        headers: IfMatch,
        body: UpdateThread,
        response: { 200: ThreadView, '4xx': Problem },
      },
    },
    async (request, reply) => {
      const isExpected = (thread: Thread) => allowsTag(request.headers, tagOf(thread))
      const updated = await threads.update(keyOf(request), request.body, isExpected)
      return reply.header('etag', tagOf(updated)).send(viewThread(updated))
    },
  )

  app.delete(
    '/threads/:threadId',
    {
      config: write,
      schema: {
        operationId: 'deleteThread',
        summary: 'Delete a thread and what was said in it; its executions are kept',
        tags,
        params: OfThread,
        headers: IfMatch,
        response: { 204: Type.Null(), '4xx': Problem },
      },
    },
    async (request, reply) => {
      const isExpected = (thread: Thread) => allowsTag(request.headers, tagOf(thread))
      await threads.remove(keyOf(request), isExpected)
      return reply.code(204).send(null)
    },
  )

  app.get(
    '/threads/:threadId/messages',
    {
      config: read,
      schema: {
        operationId: 'listThreadMessages',
        summary: 'List what was said in a thread, oldest first',
        tags,
        params: OfThread,
        querystring: PageQuery,
        response: { 200: Page(ThreadMessageView, 'ThreadMessagePage'), '4xx': Problem },
      },
    },
    async (request) => {
      const { limit, cursor } = request.query
      const page = { after: positionIn(cursor), limit: limit + 1 }
      const found = await threads.messages(keyOf(request), page)
      const last = found.length > limit ? found[limit - 1] : undefined
      return {
        data: found.slice(0, limit).map(viewThreadMessage),
        nextCursor: last ? encodeCursor([String(last.position)]) : null,
      }
    },
  )
}

function tagOf(thread: Thread): string {
  return contentTag(viewThread(thread))
}

function keyOf(request: Parameters<typeof identityOf>[0] & { params: { threadId: ThreadId } }) {
  return { tenant: identityOf(request).tenant, threadId: request.params.threadId }
}

function positionIn(cursor: string | undefined): number {
  if (cursor === undefined) return 0
  const [text = ''] = decodeCursor(cursor)
  if (!/^[1-9][0-9]{0,8}$/.test(text)) throw invalidCursor()
  return Number(text)
}
