import { request } from 'node:http'
import type { AddressInfo } from 'node:net'
import fc from 'fast-check'
import Fastify from 'fastify'
import { expect, test } from 'vitest'
import { clientAddress } from './client-address.ts'

const addresses = fc.constantFrom(
  '127.0.0.1',
  '10.1.2.3',
  '10.9.9.9',
  '203.0.113.7',
  '::1',
  'no address',
  '',
)
const forwarded = fc.option(fc.array(addresses, { maxLength: 4 }).map((list) => list.join(', ')))
const trusted = fc.subarray(['127.0.0.0/8', '10.1.0.0/16', '::1/128'])

test('a request comes from where Fastify says, whichever proxies are trusted', async () => {
  await fc.assert(
    fc.asyncProperty(
      trusted,
      fc.array(forwarded, { minLength: 1, maxLength: 5 }),
      async (proxies, chains) => {
        const addressOf = clientAddress(proxies)
        const app = Fastify({ trustProxy: proxies.length > 0 && proxies })
        app.get('/', async ({ ip, raw }) => ({ ip, ours: addressOf(raw) }))
        await app.listen({ host: '127.0.0.1', port: 0 })
        const { port } = app.server.address() as AddressInfo
        for (const chain of chains) {
          const answer = await get(port, chain === null ? {} : { 'x-forwarded-for': chain })
          expect(answer.ours).toBe(answer.ip)
        }
        await app.close()
      },
    ),
    { numRuns: 20 },
  )
})

function get(port: number, headers: Record<string, string>): Promise<{ ip: string; ours: string }> {
  return new Promise((resolve, reject) => {
    request({ port, host: '127.0.0.1', headers }, async (response) => {
      resolve(JSON.parse((await response.toArray()).join('')))
    })
      .on('error', reject)
      .end()
  })
}
