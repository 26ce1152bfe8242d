import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { testEgress } from './testing/test-server.ts'

const failing = (code: string) => expect.objectContaining({ code })
const ports = [465]
const signal = () => new AbortController().signal

async function listen() {
  const server = createServer((socket) => socket.end('hello')).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.close()
  })
  return (server.address() as AddressInfo).port
}

test('a connection leads to where the operator vouches for', async () => {
  const port = await listen()
  const egress = testEgress({ allow: [`127.0.0.1:${port}`] })
  const of = { host: '127.0.0.1', port, ports, timeoutMs: 5000, signal: signal() }
  const socket = await egress.connect(of)
  const [said] = await once(socket, 'data')
  expect(String(said)).toBe('hello')
  socket.destroy()
})

test.each([
  [{ host: '127.0.0.1' }, 'egress.forbidden-address'],
  [{ host: '::1' }, 'egress.forbidden-address'],
  [{ host: '::ffff:10.0.0.1' }, 'egress.forbidden-address'],
  [{ host: 'inside.example' }, 'egress.forbidden-address'],
  [{ host: 'mail.example', port: 22 }, 'egress.forbidden-port'],
  [{ host: 'a b' }, 'egress.invalid-url'],
  [{ host: 'mail.example\r\n' }, 'egress.invalid-url'],
])('%j is not reached: %s', async (changes, code) => {
  const egress = testEgress({ resolve: async () => [{ address: '10.1.2.3', family: 4 }] })
  const of = { host: 'mail.example', port: 465, ports, timeoutMs: 5000, signal: signal() }
  await expect(egress.connect({ ...of, ...changes })).rejects.toEqual(failing(code))
})

test('a name that leads to the public once and to the inside then is asked once', async () => {
  let asked = 0
  const egress = testEgress({
    async resolve() {
      asked += 1
      return [{ address: asked === 1 ? '10.0.0.1' : '93.184.216.34', family: 4 }]
    },
  })
  const of = { host: 'mail.example', port: 465, ports, timeoutMs: 5000, signal: signal() }
  await expect(egress.connect(of)).rejects.toEqual(failing('egress.forbidden-address'))
  expect(asked).toBe(1)
})

test('a connection ends with the reason of its signal, and with its time', async () => {
  const egress = testEgress({ resolve: () => new Promise(() => {}) })
  const controller = new AbortController()
  const of = { host: 'mail.example', port: 465, ports, signal: controller.signal }
  const waiting = egress.connect({ ...of, timeoutMs: 60_000 })
  controller.abort(new Error('cancelled'))
  await expect(waiting).rejects.toThrow('cancelled')
  const late = egress.connect({ ...of, signal: signal(), timeoutMs: 20 })
  await expect(late).rejects.toEqual(failing('egress.timeout'))
})
