import { once } from 'node:events'
import http from 'node:http'
import net, { type AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Connections, trackConnections } from './connections.ts'

let server: http.Server
let connections: Connections
const waiting: http.ServerResponse[] = []
const agent = new http.Agent({ keepAlive: true })
beforeEach(async () => {
  waiting.length = 0
  server = http.createServer((_request, response) => void waiting.push(response))
  connections = trackConnections(server)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
})
afterEach(() => {
  agent.destroy()
  server.closeAllConnections()
})

const port = () => (server.address() as AddressInfo).port

describe('a server that stops', () => {
  test('does not wait for a connection on which nothing was asked', async () => {
    const connected = once(server, 'connection')
    const client = net.connect(port(), '127.0.0.1')
    await connected
    const closed = once(server, 'close')
    server.close()
    connections.endIdle()
    await closed
    client.destroy()
  })

  test('finishes what was asked, then ends the connection that the client would keep', async () => {
    const asked = once(server, 'request')
    const response = once(http.get({ port: port(), agent }), 'response')
    await asked
    const closed = once(server, 'close')
    server.close()
    connections.endIdle()
    waiting[0]?.end('whole')
    expect(await text((await response)[0])).toBe('whole')
    await closed
  })

  test('says with each answer, whoever writes it, that its connection ends there', async () => {
    const answered = async () => {
      const asked = once(server, 'request')
      const response = once(http.get({ port: port(), agent }), 'response')
      await asked
      waiting.pop()?.end('whole')
      const [answer] = (await response) as [http.IncomingMessage]
      expect(await text(answer)).toBe('whole')
      return answer.headers.connection
    }
    expect(await answered()).toBe('keep-alive')
    connections.drain()
    expect(await answered()).toBe('close')
  })
})
