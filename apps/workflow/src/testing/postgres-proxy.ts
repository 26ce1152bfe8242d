import { connect, createServer, type Socket } from 'node:net'

export interface PostgresProxy {
  readonly url: string
  /** From now on, an answer of the server cuts the connection instead of coming through. */
  dropAnswers(): void
  close(): Promise<void>
}

/** A PostgreSQL whose answers can get lost on their way. */
export async function postgresProxy(databaseUrl: string): Promise<PostgresProxy> {
  const target = new URL(databaseUrl)
  const sockets = new Set<Socket>()
  let dropping = false
  const server = createServer((incoming) => {
    const outgoing = connect(Number(target.port), target.hostname)
    for (const socket of [incoming, outgoing]) {
      sockets.add(socket)
      socket.on('error', () => socket.destroy())
      socket.on('close', () => {
        incoming.destroy()
        outgoing.destroy()
        sockets.delete(socket)
      })
    }
    incoming.pipe(outgoing)
    outgoing.on('data', (answer) => {
      if (dropping) incoming.destroy()
      else incoming.write(answer)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new TypeError('Not a TCP server')
  const url = new URL(databaseUrl)
  url.port = String(address.port)

  return {
    url: url.href,
    dropAnswers() {
      dropping = true
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}
