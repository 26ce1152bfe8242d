import type { ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import Fastify, { type FastifyInstance } from 'fastify'
import { type Answer, begunChunks, chunks, completion, type ModelRequest } from './completion.ts'
import { type EmbeddingRequest, embeddings, type RerankRequest, reranking } from './embedding.ts'
import { type ModerationRequest, moderations } from './moderation.ts'
import type { HaltingReply, Reply } from './reply.ts'
import { addWireRoutes } from './wire/routes.ts'

export interface ModelServerOptions {
  readonly host?: string | undefined
  /** 0 or absent: any free one. */
  readonly port?: number | undefined
  readonly logged?: boolean
  readonly models: readonly string[]
  readonly answer: (request: ModelRequest, headers: Headers) => Reply
  /** Absent, or undefined: every text gets its vector. */
  readonly embed?: (request: EmbeddingRequest) => Reply | undefined
  /** Absent, or undefined: nothing is found in a text, but what its words in capitals name. */
  readonly moderate?: (request: ModerationRequest) => Reply | undefined
  /** Absent, or undefined: by how they are spelled. */
  readonly rerank?: (request: RerankRequest) => Reply | undefined
}

export type Headers = Readonly<Record<string, string | string[] | undefined>>

export interface ModelServer {
  /** What a client of OpenAI takes as its base URL: it ends in `/v1`. */
  readonly baseUrl: string
  /** Ends every connection, also those that hang by design. */
  close(): Promise<void>
}

const BODY_LIMIT_BYTES = 10_000_000

/** The part of OpenAI's API that clients use: chat completions, streamed or not, embeddings, models. */
export async function serveModel({
  host = '127.0.0.1',
  port = 0,
  logged = false,
  models,
  answer,
  embed = () => undefined,
  moderate = () => undefined,
  rerank = () => undefined,
}: ModelServerOptions): Promise<ModelServer> {
  const app = Fastify({
    logger: logged,
    bodyLimit: BODY_LIMIT_BYTES,
    forceCloseConnections: true,
  })
  let served = 0

  app.get('/health', async () => ({ status: 'ok' }))
  app.get('/v1/models', async () => ({
    object: 'list',
    data: models.map((id) => ({ id, object: 'model', created: 0, owned_by: 'dure' })),
  }))
  app.post<{ Body: ModelRequest }>('/v1/chat/completions', async (request, reply) => {
    served += 1
    const id = `chatcmpl-${served}`
    if (!Array.isArray(request.body?.messages)) {
      return reply.code(400).send(errorBody('messages must be an array', 400))
    }
    const chosen = await unhold(answer(request.body, request.headers))
    reply.hijack()
    send(reply.raw, chosen, { request: request.body, id })
  })

  addWireRoutes(app, {
    answer: (request, headers) => unhold(answer(request, headers as Headers)),
    fallback: (response, reply) =>
      send(response, reply, { request: { model: '', messages: [], stream: true }, id: '' }),
  })

  app.post<{ Body: EmbeddingRequest }>('/v1/embeddings', async (request, reply) => {
    if (!Array.isArray(request.body?.input)) {
      return reply.code(400).send(errorBody('input must be an array', 400))
    }
    const chosen = embed(request.body)
    if (!chosen) return reply.send(embeddings(request.body))
    reply.hijack()
    send(reply.raw, await unhold(chosen), { request: { ...request.body, messages: [] }, id: '' })
    return reply
  })

  app.post<{ Body: ModerationRequest }>('/v1/moderations', async (request, reply) => {
    const chosen = moderate(request.body)
    if (!chosen) return reply.send(moderations(request.body))
    reply.hijack()
    send(reply.raw, await unhold(chosen), { request: { ...request.body, messages: [] }, id: '' })
    return reply
  })

  app.post<{ Body: RerankRequest }>('/v1/rerank', async (request, reply) => {
    const chosen = rerank(request.body)
    if (!chosen) return reply.send(reranking(request.body))
    const { model } = request.body
    reply.hijack()
    send(reply.raw, await unhold(chosen), { request: { model, messages: [] }, id: '' })
    return reply
  })

  await app.listen({ host, port })
  return { baseUrl: baseUrlOf(app, host), close: () => app.close() }
}

interface Exchange {
  readonly request: ModelRequest
  readonly id: string
}

async function unhold(reply: Reply): Promise<Exclude<Reply, { kind: 'held' }>> {
  if (reply.kind !== 'held') return reply
  await reply.released
  return unhold(reply.reply)
}

function send(
  response: ServerResponse,
  reply: Exclude<Reply, { kind: 'held' }>,
  exchange: Exchange,
): void {
  switch (reply.kind) {
    case 'text':
    case 'tool-calls':
      sendAnswer(response, reply, exchange)
      return
    case 'error':
      sendError(response, reply)
      return
    case 'truncated':
      retryAfter(response, reply)
      sendBeginning(response, reply, exchange, () => breakOff(response, reply, exchange))
      return
    case 'halting':
      void sendHalting(response, reply, exchange)
      return
    case 'stalled':
      sendBeginning(response, reply, exchange, () => {})
      return
    case 'garbage':
      response.writeHead(200, { 'content-type': 'application/json' })
      response.end(Buffer.from([0x00, 0xff, 0xfe, 0x80, 0x1b, 0xc0, 0xc1]))
      return
    case 'invalid-json':
      response.writeHead(200, { 'content-type': 'application/json' })
      response.end('{"id": "chatcmpl-1", "choices": [{')
  }
}

function sendAnswer(response: ServerResponse, answer: Answer, { request, id }: Exchange): void {
  if (request.stream) {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    for (const chunk of chunks(request, answer, id)) response.write(eventOf(chunk))
    response.end('data: [DONE]\n\n')
    return
  }
  response.writeHead(200, { 'content-type': 'application/json' })
  response.end(JSON.stringify(completion(request, answer, id)))
}

/** Half of an answer; `then` decides what becomes of the connection once it is on its way. */
function sendBeginning(
  response: ServerResponse,
  begun: Extract<Reply, { kind: 'truncated' | 'stalled' }>,
  { request, id }: Exchange,
  then: () => void,
): void {
  if (request.stream) {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.write(begunChunks(request, begun, id).map(eventOf).join(''), then)
    return
  }
  const answer: Answer = { kind: 'text', text: begun.text, finishReason: 'stop' }
  const whole = JSON.stringify(completion(request, answer, id))
  response.writeHead(200, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(whole),
  })
  response.write(whole.slice(0, whole.length / 2), then)
}

function breakOff(
  response: ServerResponse,
  { by = 'loss' }: Extract<Reply, { kind: 'truncated' }>,
  { request }: Exchange,
): void {
  if (by === 'loss' || !request.stream) response.destroy()
  else response.end(by === 'end' ? '' : eventOf(errorBody('The server had an error', 500)))
}

async function sendHalting(
  response: ServerResponse,
  { text, afterWords, released }: HaltingReply,
  { request, id }: Exchange,
): Promise<void> {
  const events = chunks(request, { kind: 'text', text, finishReason: 'stop' }, id).map(eventOf)
  // The first one says whose words they are.
  const first = events.splice(0, 1 + afterWords)
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  response.write(first.join(''))
  await released
  response.end(`${events.join('')}data: [DONE]\n\n`)
}

function sendError(response: ServerResponse, reply: Extract<Reply, { kind: 'error' }>): void {
  retryAfter(response, reply)
  response.writeHead(reply.status, { 'content-type': 'application/json' })
  response.end(JSON.stringify(errorBody(reply.message, reply.status)))
}

function retryAfter(response: ServerResponse, { retryAfterS }: { retryAfterS?: number }): void {
  if (retryAfterS !== undefined) response.setHeader('retry-after', retryAfterS)
}

function errorBody(message: string, status: number) {
  return { error: { message, type: status === 429 ? 'rate_limit' : 'error', code: status } }
}

function eventOf(chunk: object): string {
  return `data: ${JSON.stringify(chunk)}\n\n`
}

function baseUrlOf(app: FastifyInstance, host: string): string {
  const { port } = app.server.address() as AddressInfo
  return `http://${host}:${port}/v1`
}
