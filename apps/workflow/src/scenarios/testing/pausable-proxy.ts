import { connect, createServer, type Socket } from 'node:net'

/** The way to a server, on which everything can stand still, as for a process that was frozen. */
export interface PausableProxy {
  readonly url: string
  pause(): void
  resume(): void
  close(): Promise<void>
}

export async function pausableProxy(serverUrl: string): Promise<PausableProxy> {
  const target = new URL(serverUrl)
  const ways = new Map<Socket, Socket>()
  let isPaused = false

  function join(from: Socket, to: Socket): void {
    ways.set(from, to)
    from.on('error', () => from.destroy())
    from.on('close', () => {
      ways.delete(from)
      to.destroy()
    })
    if (!isPaused) from.pipe(to)
  }

  const server = createServer((incoming) => {
    const outgoing = connect(Number(target.port), target.hostname)
    join(incoming, outgoing)
    join(outgoing, incoming)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new TypeError('Not a TCP server')
  const url = new URL(serverUrl)
  url.port = String(address.port)

  return {
    url: url.href,
    pause() {
      isPaused = true
      for (const [from, to] of ways) {
        from.unpipe(to)
        from.pause()
      }
    },
    resume() {
      isPaused = false
      for (const [from, to] of ways) from.pipe(to)
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of ways.keys()) socket.destroy()
      }),
  }
}
