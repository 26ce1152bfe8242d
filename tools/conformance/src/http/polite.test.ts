import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { createPoliteConnection } from './polite.ts'

const servers: ReturnType<typeof createServer>[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.closeAllConnections()
})

/** Is busy for the first requests, and counts all of them. */
async function busyServer(busy: number, headers: Record<string, string>) {
  let asked = 0
  const server = createServer((_request, response) => {
    asked += 1
    if (asked > busy) response.end('ok')
    else response.writeHead(503, headers).end()
  })
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, asked: () => asked }
}

async function statusOf(url: string): Promise<[number, number]> {
  let times = 0
  const connection = createPoliteConnection(url, () => {
    times += 1
  })
  const { status } = await connection.send({ method: 'GET', path: '/', headers: [] }, 30_000)
  connection.close()
  return [status, times]
}

test('who is busy is asked again', async () => {
  const { url } = await busyServer(2, { 'retry-after': '0' })
  expect(await statusOf(url)).toEqual([200, 2])
})

test('who is busy time after time is taken at its word', async () => {
  const { url, asked } = await busyServer(100, { 'retry-after': '0' })
  expect((await statusOf(url))[0]).toBe(503)
  expect(asked()).toBe(8)
})

test('who does not say when to come again is not asked again', async () => {
  const { url } = await busyServer(1, {})
  expect(await statusOf(url)).toEqual([503, 0])
})
