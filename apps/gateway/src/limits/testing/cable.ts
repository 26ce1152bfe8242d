import { connect, createServer, type Socket } from 'node:net'

/** A way to Redis that a test can freeze, as if the server were stopped, and cut. */
export interface Cable {
  readonly url: string
  /** How many scripts were asked for so far. */
  readonly scripts: number
  /** From now on nothing comes through in either direction, and nothing is closed. */
  freeze(): void
  thaw(): void
  close(): Promise<void>
}

export async function startCable(redisUrl: string): Promise<Cable> {
  const target = new URL(redisUrl)
  const sockets = new Set<Socket>()
  const state = { isFrozen: false, scripts: 0 }
  const server = createServer((client) => {
    const redis = connect(Number(target.port), target.hostname)
    client.on('data', (chunk) => {
      state.scripts += chunk.toString('latin1').split('\r\nevalsha\r\n').length - 1
    })
    for (const [from, to] of [
      [client, redis],
      [redis, client],
    ] as const) {
      sockets.add(from)
      from.on('error', () => from.destroy())
      from.on('close', () => {
        sockets.delete(from)
        to.destroy()
      })
      from.on('data', (chunk) => to.write(chunk))
      if (state.isFrozen) from.pause()
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new TypeError('Not a TCP server')

  return {
    url: `redis://127.0.0.1:${address.port}`,
    get scripts() {
      return state.scripts
    },
    freeze() {
      state.isFrozen = true
      for (const socket of sockets) socket.pause()
    },
    thaw() {
      state.isFrozen = false
      for (const socket of sockets) socket.resume()
    },
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy()
        server.close(() => resolve())
      }),
  }
}
