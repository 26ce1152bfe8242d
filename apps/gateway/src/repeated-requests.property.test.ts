import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { as, keyClient } from './keys/testing/key-client.ts'
import { startGateway, type TestGateway } from './testing/gateway.ts'

/** More of them find more; each takes a part of a second. */
const RUNS = Number(process.env.PROPERTY_RUNS ?? 10)

interface Caller {
  readonly tenant: number
  readonly key: string
  readonly keyId: string
}

let gateway: TestGateway
/** Two of each of two tenants. */
const callers: Caller[] = []
const { ask, created } = keyClient(() => gateway)
beforeAll(async () => {
  gateway = await startGateway()
  const founded = await ask('POST', '/v2/organizations', { name: 'Other' })
  const { apiKey } = (await founded.json()) as { apiKey: { key: string } }
  for (const [tenant, headers] of [{}, as(apiKey.key)].entries()) {
    for (const name of ['one', 'two']) {
      const { id, key } = await created({ name }, headers)
      callers.push({ tenant, key, keyId: id })
    }
  }
})
afterAll(() => gateway.close())

interface Answer {
  readonly caller: Caller
  readonly idempotencyKey: string
  readonly status: number
  readonly text: string
}

const step = fc.record({ caller: fc.nat(3), idempotencyKey: fc.constantFrom('a', 'b', 'c') })
/** What is in one of the lists is asked at the same time. */
const interleaving = fc.array(fc.array(step, { minLength: 1, maxLength: 6 }), {
  minLength: 6,
  maxLength: 10,
})

/** The same request, whoever sends it: only a key tells one from another. */
async function send(caller: Caller, idempotencyKey: string): Promise<Answer> {
  const body = { name: 'the same', scopes: ['runs:read'] }
  const headers = { ...as(caller.key), 'idempotency-key': idempotencyKey }
  const answer = await ask('POST', '/v1/api-keys', body, headers)
  return { caller, idempotencyKey, status: answer.status, text: await answer.text() }
}

function expectNothingOfOthers(answers: readonly Answer[]): void {
  const made = answers.filter(({ status }) => status === 201)
  for (const { caller, status, text } of answers) {
    const { code, createdBy, key } = JSON.parse(text)
    if (status === 201) expect(createdBy, 'is made by who asks').toBe(caller.keyId)
    else expect([status, code]).toEqual([409, 'idempotency.key-reused'])
    const foreign = made.filter((one) => one.caller !== caller)
    for (const one of foreign) expect(JSON.parse(one.text).key).not.toBe(key)
  }
  for (const one of made) {
    const again = made.filter(
      ({ caller, idempotencyKey }) =>
        caller === one.caller && idempotencyKey === one.idempotencyKey,
    )
    expect(new Set(again.map(({ text }) => text)).size, 'is answered alike').toBe(1)
  }
  // Who comes second in a project is refused; what another tenant did refuses nobody.
  for (const { caller, idempotencyKey } of answers) {
    const owners = made.filter(
      (one) => one.caller.tenant === caller.tenant && one.idempotencyKey === idempotencyKey,
    )
    expect(new Set(owners.map((one) => one.caller)).size).toBe(1)
  }
}

test(
  'an answer that is kept is given to nobody but who caused it, whatever others send meanwhile',
  async () => {
    let round = 0
    await fc.assert(
      fc.asyncProperty(interleaving, async (groups) => {
        round += 1
        const answers: Answer[] = []
        for (const group of groups) {
          const sent = group.map(({ caller, idempotencyKey }) =>
            send(callers[caller] as Caller, `${round}-${idempotencyKey}`),
          )
          answers.push(...(await Promise.all(sent)))
        }
        expectNothingOfOthers(answers)
      }),
      { numRuns: RUNS, endOnFailure: true },
    )
  },
  RUNS * 20_000,
)
