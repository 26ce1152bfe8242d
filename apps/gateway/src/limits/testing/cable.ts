import { connect, createServer, type Socket } from 'node:net'

/** How what was published to a channel begins on its way to who listens. */
const MESSAGE = '3\r\n$7\r\nmessage\r\n'

/** A way to Redis that a test can freeze, as if the server were stopped, make lossy, and cut. */
export interface Cable {
  readonly url: string
  /** How many scripts were asked for so far. */
  readonly scripts: number
  /** How many published messages did not come through. */
  readonly lost: number
  /** From now on published messages are lost; all else comes through as before. */
  loseMessages(): void
  /** From now on nothing comes through in either direction, and nothing is closed. */
  freeze(): void
  thaw(): void
  close(): Promise<void>
}

export async function startCable(redisUrl: string): Promise<Cable> {
  const target = new URL(redisUrl)
  const sockets = new Set<Socket>()
  const state = { isFrozen: false, isLossy: false, scripts: 0, lost: 0 }
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
      from.on('data', (chunk) => {
        const messages = from === redis ? chunk.toString('latin1').split(MESSAGE).length - 1 : 0
        if (state.isLossy && messages > 0) state.lost += messages
        else to.write(chunk)
      })
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
    get lost() {
      return state.lost
    },
    loseMessages() {
      state.isLossy = true
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
