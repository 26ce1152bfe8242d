import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type ChaosProxy, startProxy } from './proxy.ts'
import { createRandom } from './random.ts'

const READY = Buffer.from([0x5a, 0, 0, 0, 5, 0x49])

/** Answers each chunk with its length and ReadyForQuery, and counts. */
let heard: string[] = []
const server = createServer((socket) => {
  socket.on('error', () => {})
  socket.on('data', (chunk) => {
    heard.push(chunk.toString('latin1'))
    socket.write(Buffer.concat([Buffer.from(String(chunk.length)), READY]))
  })
})
let proxy: ChaosProxy
let client: Socket
beforeEach(async () => {
  heard = []
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  proxy = await startProxy(port)
  client = connect(proxy.port, '127.0.0.1')
  client.on('error', () => {})
  await once(client, 'connect')
})
afterEach(async () => {
  client.destroy()
  await proxy.close()
  server.close()
})

async function answer(text: string): Promise<string> {
  client.write(text)
  const [chunk] = await once(client, 'data')
  return String(chunk).slice(0, -READY.length)
}

/** Also when it was reset, which `once` takes for a failure. */
const closed = (socket: Socket) => new Promise((resolve) => socket.once('close', resolve))

const silence = async () => {
  await vi.waitFor(() => expect(heard).toHaveLength(1))
  expect(client.readableLength).toBe(0)
  expect(client.destroyed).toBe(false)
}

test('it passes on what both sides say', async () => {
  expect(await answer('12345')).toBe('5')
})

test('down, it cuts and refuses', async () => {
  await answer('1')
  proxy.set({ kind: 'down' })
  await closed(client)
  await closed(connect(proxy.port, '127.0.0.1').on('error', () => {}))
})

test('half open, it loses what the server says, also when it passes on again', async () => {
  proxy.set({ kind: 'swallow' })
  client.write('lost')
  await silence()
  proxy.set({ kind: 'pass' })
  client.write('lost as well')
  await vi.waitFor(() => expect(heard).toHaveLength(2))
  expect(client.readableLength).toBe(0)
})

test('frozen, it holds everything back until it thaws', async () => {
  proxy.set({ kind: 'freeze' })
  client.write('late')
  const { port } = server.address() as AddressInfo
  const direct = connect(port, '127.0.0.1')
  direct.write('soon')
  await once(direct, 'data')
  direct.destroy()
  expect(heard).toEqual(['soon'])
  proxy.set({ kind: 'pass' })
  const [chunk] = await once(client, 'data')
  expect(String(chunk)).toMatch(/^4/)
})

test('a COMMIT is cut before it or after it, and the client hears nothing of it', async () => {
  const commit = framed('Q', 'COMMIT')
  const seen = new Set<number>()
  for (let seed = 1; seen.size < 2 && seed < 20; seed += 1) {
    heard = []
    const socket = connect(proxy.port, '127.0.0.1')
    const answers: Buffer[] = []
    socket.on('data', (chunk) => answers.push(chunk))
    socket.on('error', () => {})
    proxy.set({ kind: 'cut-commits', chance: 1, random: createRandom(seed) })
    const before = proxy.cutCommits
    socket.write(Buffer.concat([framed('', 'user'), commit]))
    await closed(socket)
    expect(answers).toEqual([])
    expect(proxy.cutCommits).toBe(before + 1)
    seen.add(heard.length)
  }
  expect([...seen].sort()).toEqual([0, 1])
})

function framed(type: string, text: string): Buffer {
  const body = Buffer.from(`${text}\0`)
  const length = Buffer.alloc(4)
  length.writeInt32BE(body.length + 4)
  return Buffer.concat([Buffer.from(type), length, body])
}
