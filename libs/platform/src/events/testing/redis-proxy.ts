import { connect as connectSocket, createServer, type Socket } from 'node:net'

export interface RedisProxy {
  readonly url: string
  /** Ends all connections and refuses new ones. */
  cut(): Promise<void>
  restore(): Promise<void>
}

/** The Redis of the run, behind a cable that a test can pull. */
export async function redisProxy(redisUrl: string): Promise<RedisProxy> {
  const target = new URL(redisUrl)
  const sockets = new Set<Socket>()
  const server = createServer((incoming) => {
    const outgoing = connectSocket(Number(target.port), target.hostname)
    for (const socket of [incoming, outgoing]) {
      sockets.add(socket)
      socket.on('error', () => socket.destroy())
      socket.on('close', () => sockets.delete(socket))
    }
    incoming.pipe(outgoing).pipe(incoming)
  })
  const listen = (port: number) =>
    new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  await listen(0)
  const address = server.address()
  if (address === null || typeof address === 'string') throw new TypeError('Not a TCP server')

  return {
    url: `redis://127.0.0.1:${address.port}`,
    cut: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
    restore: () => listen(address.port),
  }
}
