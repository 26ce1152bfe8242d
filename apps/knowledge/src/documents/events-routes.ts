import { hash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { DocumentId, KnowledgeBaseId, Problem } from '@dure/contracts'
import { EventStream, type EventStreams } from '@dure/platform'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { documentNotFound } from './document.ts'
import type { DocumentState, ReadState } from './progress-store.ts'
import { placeOf } from './routes.ts'
import type { DocumentKey } from './store.ts'

export interface DocumentEventRoutesOptions {
  readonly streams: EventStreams
  readonly readState: ReadState
}

const POLL_MS = 500

export const documentEventRoutes: FastifyPluginAsyncTypebox<DocumentEventRoutesOptions> = async (
  app,
  { streams, readState },
) => {
  app.get(
    '/knowledge-bases/:knowledgeBaseId/documents/:documentId/events',
    {
      config: { scope: 'knowledge:read' },
      schema: {
        operationId: 'followDocument',
        summary: 'Follow the ingestion of a document',
        description:
          'First its state, then each change of it as `document.progress`, until it is `ready` or has `failed`; `document.deleted` when it is gone, or no longer for you to see. A state that lasts only for a moment may be left out. With the `Last-Event-ID` of the last state that was heard, that state is not told again.',
        tags: ['knowledge'],
        params: Type.Object({ knowledgeBaseId: KnowledgeBaseId, documentId: DocumentId }),
        headers: Type.Object({ 'last-event-id': Type.Optional(Type.String({ maxLength: 50 })) }),
        response: { 200: EventStream, '4xx': Problem },
      },
    },
    async (request, reply) => {
      const key = placeOf(request)
      if (!(await readState(key))) throw documentNotFound()
      const heard = request.headers['last-event-id']
      return streams.stream(request, reply, (signal) => follow(readState, { key, heard }, signal))
    },
  )
}

/** PostgreSQL has the truth, so any process can go on where another one stopped. */
async function* follow(
  readState: ReadState,
  { key, heard }: { readonly key: DocumentKey; readonly heard: string | undefined },
  signal: AbortSignal,
) {
  for (let last = heard; !signal.aborted; ) {
    const state = await readState(key)
    if (!state) {
      yield { event: 'document.deleted', data: { documentId: key.documentId } }
      return
    }
    const id = idOf(state)
    if (id !== last) yield { id, event: 'document.progress', data: state }
    if (state.status === 'ready' || state.status === 'failed') return
    last = id
    await sleep(POLL_MS, undefined, { signal }).catch(() => undefined)
  }
}

/** The same for the same state, whoever tells it. */
function idOf(state: DocumentState): string {
  return hash('sha256', JSON.stringify(state), 'base64url').slice(0, 16)
}
