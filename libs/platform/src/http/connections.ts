import type { Server } from 'node:http'
import type { Socket } from 'node:net'

/**
 * A server closes when its last connection does, but clients keep connections for their next
 * request, and open them ahead: stopping would wait for them.
 *
 * @returns ends every connection that carries no request, now or as soon as that is so
 */
export function trackConnections(server: Server): () => void {
  const requestsOn = new Map<Socket, number>()
  let draining = false
  server.on('connection', (socket) => {
    requestsOn.set(socket, 0)
    socket.once('close', () => requestsOn.delete(socket))
  })
  server.on('request', ({ socket }, response) => {
    requestsOn.set(socket, (requestsOn.get(socket) ?? 0) + 1)
    response.once('close', () => {
      const left = (requestsOn.get(socket) ?? 1) - 1
      if (requestsOn.has(socket)) requestsOn.set(socket, left)
      if (draining && left === 0) socket.destroySoon()
    })
  })
  return () => {
    draining = true
    for (const [socket, requests] of requestsOn) if (requests === 0) socket.destroySoon()
  }
}
