import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { eventually } from '@dure/platform/testing'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type Replica, startGateway, type TestGateway } from '../testing/gateway.ts'

// Ten thousand requests take long on a machine that is busy.
vi.setConfig({ testTimeout: 120_000 })

const MOST = 20
/** Of one connection, as the service has it. */
const MOST_REQUESTS = 10_000
const ASK = 'GET /health HTTP/1.1\r\nhost: a\r\n\r\n'
const ANSWERED = /HTTP\/1\.1 200 /g

let gateway: TestGateway
/** Nobody else is connected to it. */
let small: Replica
beforeAll(async () => {
  gateway = await startGateway()
  small = await gateway.replica({ MAX_CONNECTIONS: MOST })
})
afterAll(() => gateway?.close())

/** Closed by the other side without a word: an empty text. */
async function answerOn(socket: Socket): Promise<string> {
  const heard = Promise.race([
    once(socket, 'data').then(([chunk]) => String(chunk)),
    once(socket, 'close').then(() => ''),
  ])
  socket.write(ASK)
  return heard.catch(() => '')
}

function connected(): Socket {
  const { hostname, port } = new URL(small.origin)
  // What was written when it was closed is an error of its own.
  return connect({ host: hostname, port: Number(port) }).on('error', () => {})
}

test('one client more than there is room for is closed, those before it are served, and room comes back', async () => {
  const sockets = Array.from({ length: MOST }, connected)
  try {
    for (const answer of await Promise.all(sockets.map(answerOn))) expect(answer).toMatch(ANSWERED)

    expect(await answerOn(connected())).toBe('')
    const [first] = sockets
    expect(first && (await answerOn(first))).toMatch(ANSWERED)
  } finally {
    for (const socket of sockets) socket.destroy()
  }

  await eventually(async () => {
    const next = connected()
    const answer = await answerOn(next)
    next.destroy()
    expect(answer).toMatch(ANSWERED)
  })
})

test('the last of the requests that a connection is for says so, and the next is refused', async () => {
  const socket = connected()
  let text = ''
  const refused = new Promise<void>((resolve) => {
    socket.on('data', (chunk) => {
      text += chunk
      if (text.includes('HTTP/1.1 503 ')) resolve()
    })
  })
  socket.write(ASK.repeat(MOST_REQUESTS + 1))
  await refused
  socket.destroy()

  expect(text.match(ANSWERED)).toHaveLength(MOST_REQUESTS)
  expect(text.indexOf('onnection: close')).toBeGreaterThan(text.length - 3000)
})
