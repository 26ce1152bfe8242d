import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { boundedFetch } from './bounded-fetch.ts'

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

test('an answer comes through with its status and headers', async () => {
  const url = await serve((_request, response) =>
    response.writeHead(418, { 'x-a': 'b' }).end('tea'),
  )

  const response = await boundedFetch(url)

  expect([response.status, response.headers.get('x-a')]).toEqual([418, 'b'])
  expect(await response.text()).toBe('tea')
})

test('an answer without an end is given up', async () => {
  const url = await serve((_request, response) => {
    const more = () => {
      while (!response.destroyed && response.write('x'.repeat(100_000)));
    }
    response.on('drain', more)
    more()
  })

  const response = await boundedFetch(url)

  await expect(response.text()).rejects.toThrow('more than')
})

test('a redirect is not followed: the key would go along', async () => {
  let asked = 0
  const elsewhere = await serve((_request, response) => {
    asked += 1
    response.end()
  })
  const url = await serve((_request, response) =>
    response.writeHead(307, { location: elsewhere }).end(),
  )

  await expect(boundedFetch(url, { method: 'POST' })).rejects.toThrow()
  expect(asked).toBe(0)
})
