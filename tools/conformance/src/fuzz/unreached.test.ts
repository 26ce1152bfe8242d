import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type OpenApiDocument, operationsOf } from '../openapi/operation.ts'
import { createPool } from './pool.ts'
import { createTally } from './tally.ts'
import { unreached } from './unreached.ts'

const server = createServer(({ url }, response) => {
  response.statusCode = url === '/v1/open' ? 200 : 404
  response.end('{"code":"thing.not-found"}')
})
let origin: string
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => new Promise((resolve) => server.close(resolve)))

const operation = (operationId: string) => ({ get: { operationId, responses: {} } })
const document: OpenApiDocument = {
  paths: { '/v1/open': operation('getOpen'), '/v1/shut': operation('getShut') },
  components: { schemas: {} },
}

test('what is never answered with 2xx is a finding, what was not yet is asked on', async () => {
  const operations = operationsOf(document)
  const tally = createTally()
  const rounds: number[] = []
  const options = {
    ...{ origin, key: 'k', document, operations, tally, seed: 1, pool: createPool() },
    judge: { faultsIn: () => [] },
    prepare: async (round: number) => void rounds.push(round),
  }

  const findings = await unreached(options, 4)

  expect(findings).toMatchObject([{ operationId: 'getShut', kind: 'never-good' }])
  expect(findings[0]?.what).toContain('thing.not-found')
  expect([tally.good('getOpen'), tally.good('getShut')]).toEqual([1, 0])
  expect(rounds).toEqual([4])
})
