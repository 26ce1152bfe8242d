import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Received {
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** Somebody's server, that webhooks are sent to. */
export interface Receiver {
  /** `host:port` */
  readonly host: string
  readonly received: readonly Received[]
  of(path: string): readonly Received[]
  /** What it answers from now on; undefined: nothing, and the request hangs. */
  answer: (request: Received) => Reply | undefined | Promise<Reply | undefined>
  close(): Promise<void>
}

export interface Reply {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
}

export async function startReceiver(): Promise<Receiver> {
  const received: Received[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const headers = request.headers as Record<string, string>
    const one = { path: request.url ?? '', headers, body: Buffer.concat(chunks).toString() }
    received.push(one)
    const reply = await receiver.answer(one)
    if (reply) response.writeHead(reply.status, reply.headers).end('a body that nobody reads')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const receiver: Receiver = {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    of: (path) => received.filter((one) => one.path === path),
    answer: () => ({ status: 204 }),
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
  return receiver
}
