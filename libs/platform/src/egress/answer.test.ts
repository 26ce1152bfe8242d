import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { get, serve, testEgress } from './testing/test-server.ts'

const failing = (code: string) => expect.objectContaining({ code })

describe('an answer', () => {
  test('without an end is cut off, and its connection closed', async () => {
    const { promise: closed, resolve } = Promise.withResolvers<void>()
    const { host } = await serve((_request, response) => {
      const more = () => {
        while (!response.destroyed && response.write('x'.repeat(10_000)));
      }
      response.on('drain', more).on('close', resolve)
      more()
    })

    await expect(testEgress({ allow: [host] }).request(get(`http://${host}/`))).rejects.toEqual(
      failing('egress.too-large'),
    )
    await closed
  })

  test('that unpacks to too much is cut off', async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000))
    const { host } = await serve((_request, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb)
    })

    await expect(
      testEgress({ allow: [host] }).request(get(`http://${host}/`, { maxBytes: 100_000 })),
    ).rejects.toEqual(failing('egress.too-large'))
  })

  test('of exactly the limit is taken', async () => {
    const { host } = await serve((_request, response) => response.end('x'.repeat(1000)))

    const { body } = await testEgress({ allow: [host] }).request(get(`http://${host}/`))

    expect(body).toHaveLength(1000)
  })

  test('that drips slower than the time allows is given up', async () => {
    const { host } = await serve((_request, response) => {
      const timer = setInterval(() => response.write('x'), 10)
      response.on('close', () => clearInterval(timer))
    })

    await expect(
      testEgress({ allow: [host] }).request(get(`http://${host}/`, { timeoutMs: 100 })),
    ).rejects.toEqual(expect.objectContaining({ code: 'egress.timeout', transient: true }))
  })

  test('that never begins is given up', async () => {
    const { host } = await serve(() => {})

    await expect(
      testEgress({ allow: [host] }).request(get(`http://${host}/`, { timeoutMs: 50 })),
    ).rejects.toEqual(failing('egress.timeout'))
  })

  test.each([
    ['is no HTTP', 'SSH-2.0-OpenSSH_9.6\r\n'],
    ['breaks off', 'HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhalf'],
    ['has endless headers', `HTTP/1.1 200 OK\r\n${'x-a: aaaaaaaa\r\n'.repeat(5000)}\r\n`],
    [
      'is compressed wrongly',
      'HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 4\r\n\r\nnope',
    ],
  ])('that %s counts as unreachable', async (_what, raw) => {
    const { host, server } = await serve(() => {})
    server.on('connection', (socket) => socket.end(raw))

    await expect(testEgress({ allow: [host] }).request(get(`http://${host}/`))).rejects.toEqual(
      failing('egress.unreachable'),
    )
  })
})
