import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Milliseconds since 1970 with their fractions: one clock for all processes of this machine. */
export function nowMs(): number {
  return performance.timeOrigin + performance.now()
}

/** A model that costs no time, and notes when it was asked and when it spoke. */
export interface TimedModel {
  readonly baseUrl: string
  /** Forgets what it has noted, and answers like this from now on. */
  answer(how: Answering): void
  /** Of each call since then, in the order in which they came. */
  readonly calls: readonly Timed[]
  close(): Promise<void>
}

export interface Timed {
  readonly askedAtMs: number
  /** When the first word was sent. */
  spokeAtMs: number
  /** When the last byte was handed to the kernel. */
  endedAtMs: number
}

export type Answering =
  /** Asks for a tool so many times, and then answers. */
  | { readonly kind: 'loop'; readonly steps: number }
  /** Says its first word when it may speak, and nothing more until it is released. */
  | { readonly kind: 'hold'; readonly maySpeak: Promise<void>; readonly released: Promise<void> }

interface Asked {
  readonly messages: readonly { readonly role: string }[]
}

export async function startTimedModel(): Promise<TimedModel> {
  let how: Answering = { kind: 'loop', steps: 0 }
  const calls: Timed[] = []
  const server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      const timed = { askedAtMs: nowMs(), spokeAtMs: 0, endedAtMs: 0 }
      calls.push(timed)
      return speak(response, { how, timed, asked: JSON.parse(body) as Asked })
    })
  })
  server.listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    calls,
    answer(next) {
      calls.length = 0
      how = next
    },
    close: () => close(server),
  }
}

async function speak(
  response: ServerResponse,
  { how, timed, asked }: { how: Answering; timed: Timed; asked: Asked },
): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  const done = asked.messages.filter(({ role }) => role === 'tool').length
  const asksForTool = how.kind === 'loop' && done < how.steps
  response.write(chunk({ role: 'assistant', content: '' }))
  if (how.kind === 'hold') await how.maySpeak
  timed.spokeAtMs = nowMs()
  response.write(chunk(asksForTool ? toolCall(done) : { content: 'word' }))
  if (how.kind === 'hold') await how.released
  response.write(chunk({}, asksForTool ? 'tool_calls' : 'stop'))
  response.write(`data: ${JSON.stringify({ ...HEAD, choices: [], usage: USAGE })}\n\n`)
  response.end('data: [DONE]\n\n')
  timed.endedAtMs = nowMs()
}

const HEAD = { id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 0, model: 'demo' }
const USAGE = { prompt_tokens: 10, completion_tokens: 2, total_tokens: 12 }

function chunk(delta: object, finish_reason: string | null = null): string {
  return `data: ${JSON.stringify({ ...HEAD, choices: [{ index: 0, delta, finish_reason }] })}\n\n`
}

function toolCall(n: number): object {
  const call = { name: 'calculator', arguments: JSON.stringify({ expression: `${n} + 1` }) }
  return { tool_calls: [{ index: 0, id: `call_${n}`, type: 'function', function: call }] }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const piece of request) chunks.push(piece as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}

function close(server: Server): Promise<void> {
  server.closeAllConnections()
  return new Promise((resolve) => server.close(() => resolve()))
}
