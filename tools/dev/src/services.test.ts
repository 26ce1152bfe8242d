import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { freePort } from './ports.ts'
import { startService } from './services.ts'

test('a service is not taken for ready because another one answers on its port', async () => {
  const other = createServer((_request, response) => {
    response.setHeader('content-type', 'application/json').end('{"service":"agent"}')
  })
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
  const { port } = other.address() as AddressInfo

  // Without its settings it ends at once: the answer of the other must not hide that.
  const started = startService({ service: 'workflow', env: { PORT: String(port) } })
  await expect(started).rejects.toThrow(/workflow ended before it was ready/)
  other.close()
})

test('ports that are asked for one after the other are different ones', async () => {
  const ports: number[] = []
  for (let count = 0; count < 200; count += 1) ports.push(await freePort())
  expect(new Set(ports).size).toBe(200)
})
