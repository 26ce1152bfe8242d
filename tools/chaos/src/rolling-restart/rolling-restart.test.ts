import type { RequestListener } from 'node:http'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { startLoad, startReader } from './clients.ts'
import { type Gateways, startGateways } from './gateways.ts'

// Processes are started here, on machines that may be slow.
vi.setConfig({ testTimeout: 600_000, hookTimeout: 180_000 })

/** At least so many; more with ROLLING_REQUESTS. */
const REQUESTS = Number(process.env.ROLLING_REQUESTS ?? 2000)
const CLIENTS = 16
const READERS = 4
const EVENT_EVERY_MS = 5

/** Answers at once, or with numbered events from where the reader was. */
const listener: RequestListener = (request, response) => {
  if (!request.url?.endsWith('/events')) {
    response.setHeader('content-type', 'application/json')
    response.end('{"data":[]}')
    return
  }
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  let next = Number(request.headers['last-event-id'] ?? 0) + 1
  const timer = setInterval(() => {
    response.write(`id: ${next}\nevent: node.completed\ndata: {}\n\n`)
    next += 1
  }, EVENT_EVERY_MS)
  response.once('close', () => clearInterval(timer))
}

let gateways: Gateways
beforeAll(async () => {
  gateways = await startGateways(2, listener)
})
afterAll(() => gateways?.close())

test(`gateways that are restarted one by one fail none of ${REQUESTS} requests, and lose and double no event`, async () => {
  const load = startLoad(gateways, CLIENTS)
  const readers = Array.from({ length: READERS }, () => startReader(gateways))
  let restarts = 0
  do {
    await gateways.restartEach()
    restarts += 1
  } while (load.answered < REQUESTS)
  await load.stop()
  await Promise.all(readers.map((reader) => reader.stop()))

  console.log(`${load.answered} requests during ${restarts} × 2 restarts`)
  expect(load.failures).toEqual([])
  for (const { received, resumed } of readers) {
    expect(resumed).toBeGreaterThan(0)
    expect(received).toEqual(received.map((_id, at) => at + 1))
  }
})
