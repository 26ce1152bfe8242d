import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

export interface Connections {
  /** From now on each answer says that it is the last one of its connection. */
  drain(): void
  /** Ends every connection that carries no request, now or as soon as that is so. */
  endIdle(): void
}

/**
 * A server closes when its last connection does, but clients keep connections for their next
 * request, and open them ahead: stopping would wait for them.
 */
export function trackConnections(server: Server): Connections {
  /** The answer that is given last on each; requests of one connection are answered in turn. */
  const last = new Map<Socket, ServerResponse | undefined>()
  let draining = false
  let ending = false
  const onceOver = (socket: Socket, response: ServerResponse | undefined) => {
    const isOver = response === undefined || response.writableFinished || response.destroyed
    if (isOver) socket.destroySoon()
    else response.once('close', () => onceOver(socket, last.get(socket)))
  }
  server.on('connection', (socket) => {
    last.set(socket, undefined)
    socket.once('close', () => last.delete(socket))
    if (ending) socket.destroySoon()
  })
  // First of all listeners: nothing has been written yet, whoever writes it.
  server.prependListener('request', ({ socket }: IncomingMessage, response: ServerResponse) => {
    last.set(socket, response)
    if (draining) response.shouldKeepAlive = false
  })
  return {
    drain() {
      draining = true
    },
    endIdle() {
      ending = true
      for (const [socket, response] of last) onceOver(socket, response)
    },
  }
}
