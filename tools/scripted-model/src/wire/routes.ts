import type { ServerResponse } from 'node:http'
import type { FastifyInstance } from 'fastify'
import type { Answer, ModelRequest } from '../completion.ts'
import type { Reply } from '../reply.ts'
import { anthropic } from './anthropic.ts'
import { bedrock } from './bedrock.ts'
import { google } from './google.ts'
import { responses } from './responses.ts'
import type { Wire } from './wire.ts'

type Body = Readonly<Record<string, unknown>>
type Unheld = Exclude<Reply, { kind: 'held' }>

export interface WireRoutesOptions {
  readonly answer: (request: ModelRequest, headers: Body) => Promise<Unheld>
  /** What is sent alike in every form. */
  readonly fallback: (response: ServerResponse, reply: Unheld) => void
}

/** What other providers than OpenAI's chat completions are asked by, streamed alone. */
export function addWireRoutes(app: FastifyInstance, options: WireRoutesOptions): void {
  const serve = (path: string, wire: Wire, modelOf: (body: Body, inPath: string) => string) =>
    app.post<{ Body: Body; Params: { model?: string } }>(path, async (request, reply) => {
      const { body, params, headers } = request
      const model = modelOf(body, params.model ?? '')
      const messages = Array.isArray(body.messages) ? body.messages : []
      const chosen = await options.answer({ ...body, model, messages, path }, headers)
      reply.hijack()
      await send(reply.raw, chosen, (answer) => ({
        contentType: wire.contentType,
        pieces: wire.stream({ model, prompt: JSON.stringify(body) }, answer),
      }))
    })

  const send = async (response: ServerResponse, reply: Unheld, make: Make): Promise<void> => {
    if (reply.kind === 'text' || reply.kind === 'tool-calls') {
      const { contentType, pieces } = make(reply)
      response.writeHead(200, { 'content-type': contentType })
      for (const piece of pieces) response.write(piece)
      response.end()
      return
    }
    if (reply.kind !== 'truncated' && reply.kind !== 'stalled') {
      options.fallback(response, reply)
      return
    }
    const { contentType, pieces } = make({ kind: 'text', text: reply.text, finishReason: 'stop' })
    response.writeHead(200, { 'content-type': contentType })
    const half = pieces.slice(0, Math.ceil(pieces.length / 2))
    response.write(Buffer.concat(half), () => {
      if (reply.kind === 'truncated') response.destroy()
    })
  }

  const inBody = (body: Body) => String(body.model ?? '')
  serve('/v1/messages', anthropic, inBody)
  serve('/v1/responses', responses, inBody)
  serve('/v1beta/models/:model', google, (_, inPath) => inPath.replace(/:.*$/, ''))
  serve('/model/:model/converse-stream', bedrock, (_, inPath) => inPath)
}

type Make = (answer: Answer) => {
  readonly contentType: string
  readonly pieces: readonly Uint8Array[]
}
