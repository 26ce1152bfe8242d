import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import type { Attack } from './attack.ts'

const CLIENTS = 100
const DRIP_MS = 1000
/** 60 s, and how long the server takes to look for those that are late. */
const LONGEST_MS = 150_000

/** Clients that never end their head, or their body: others are served, and these are cut off. */
export const slowClients: Attack = async ({ world, alice, send }) => {
  const { hostname, port } = new URL(world.system.url)
  const heads = ['GET /v1/runs HTTP/1.1\r\nhost: a\r\nx-slow: ', slowBody(alice.key)]
  const sockets = Array.from({ length: CLIENTS }, (_, n) => {
    const socket = connect({ host: hostname, port: Number(port) }).on('error', () => {})
    socket.write(heads[n % heads.length] ?? '')
    return socket.resume()
  })
  const drip = setInterval(() => {
    for (const socket of sockets) if (socket.writable) socket.write('x')
  }, DRIP_MS)
  const findings: string[] = []
  const during = await send('GET', '/v1/models', { key: alice.key })
  if (during.status !== 200) findings.push(`Others are answered ${during.status}`)
  const late = AbortSignal.timeout(LONGEST_MS)
  const cut = await Promise.all(sockets.map((socket) => isCut(socket, late)))
  clearInterval(drip)
  for (const socket of sockets) socket.destroy()
  const left = cut.filter((one) => !one).length
  if (left > 0) findings.push(`${left} of ${CLIENTS} slow clients are still connected`)
  return findings
}

function slowBody(key: string): string {
  const head = ['POST /v1/workflows HTTP/1.1', 'host: a', `authorization: Bearer ${key}`]
  return [...head, 'content-type: application/json', 'content-length: 100000', '', '{'].join('\r\n')
}

async function isCut(socket: Socket, signal: AbortSignal): Promise<boolean> {
  if (socket.closed) return true
  try {
    await once(socket, 'close', { signal })
    return true
  } catch {
    return false
  }
}
