import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Request {
  readonly method: string
  readonly path: string
  /** Stable over the attempts of a node: what makes a write that is sent again one write. */
  readonly key: string
  readonly body: string
  readonly authorization: string
  readonly headers: Readonly<Record<string, string>>
}

/** What a request is answered with; `cut`: the connection breaks instead. */
export type Reply = { readonly status: number; readonly body: unknown } | 'cut'

/** The world outside: counts what reaches it, and answers as the test says. */
export interface World {
  readonly url: string
  /** `host:port` */
  readonly address: string
  readonly requests: readonly Request[]
  /** Writes that had an effect: of several with one key, the first. */
  readonly effects: readonly Request[]
  /** So many requests were without an answer at one time. */
  readonly mostAtOnce: number
  /** From now on these are the answers, and nothing has been counted. */
  rewrite(answer: (request: Request) => Reply | Promise<Reply>): void
  close(): Promise<void>
}

export async function startWorld(): Promise<World> {
  let answer: (request: Request) => Reply | Promise<Reply> = () => OK
  let seen = { requests: [] as Request[], open: 0, mostAtOnce: 0 }

  const server = createServer(async (incoming, response) => {
    // Whoever asked may have died before the answer.
    response.on('error', () => undefined)
    const now = seen
    now.open += 1
    now.mostAtOnce = Math.max(now.mostAtOnce, now.open)
    const request = await requestOf(incoming)
    now.requests.push(request)
    const reply = await answer(request)
    now.open -= 1
    if (reply === 'cut') incoming.socket.destroy()
    else {
      response.writeHead(reply.status, { 'content-type': 'application/json' })
      response.end(JSON.stringify(reply.body))
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo

  return {
    url: `http://127.0.0.1:${port}`,
    address: `127.0.0.1:${port}`,
    get requests() {
      return seen.requests
    },
    get effects() {
      const writes = seen.requests.filter(({ method }) => method !== 'GET')
      return writes.filter(({ key }, at) => writes.findIndex((one) => one.key === key) === at)
    },
    get mostAtOnce() {
      return seen.mostAtOnce
    },
    rewrite(next) {
      answer = next
      seen = { requests: [], open: 0, mostAtOnce: 0 }
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

export const OK: Reply = { status: 200, body: { accepted: true } }

/** An answer that somebody waits for until the test gives it. */
export function heldReply() {
  return Promise.withResolvers<Reply>()
}

async function requestOf(incoming: IncomingMessage): Promise<Request> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk as Buffer)
  return {
    method: incoming.method ?? '',
    path: incoming.url ?? '',
    key: String(incoming.headers['idempotency-key']),
    body: Buffer.concat(chunks).toString('utf8'),
    authorization: String(incoming.headers.authorization),
    headers: incoming.headers as Record<string, string>,
  }
}
