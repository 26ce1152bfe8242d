import type { LookupAddress } from 'node:dns'
import { describe, expect, test } from 'vitest'
import { guardedLookup, type Resolve } from './lookup.ts'
import { get, testEgress } from './testing/test-server.ts'

const OUTSIDE = { address: '93.184.215.14', family: 4 }
const INSIDE = { address: '127.0.0.1', family: 4 }

const failing = (code: string) => expect.objectContaining({ code })

/** What the socket is told, as it asks itself. */
function look(resolve: Resolve): Promise<LookupAddress[]> {
  const lookup = guardedLookup(resolve)
  return new Promise((found, refused) => {
    lookup('name.example', { all: true }, (error, addresses) =>
      error ? refused(error) : found(addresses as LookupAddress[]),
    )
  })
}

describe('a name', () => {
  test('that resolves to an address inside is refused, without telling which', async () => {
    const egress = testEgress({ resolve: async () => [{ address: '10.0.0.7', family: 4 }] })

    const refused = egress.request(get('http://intranet.example/'))

    await expect(refused).rejects.toEqual(failing('egress.forbidden-address'))
    await expect(refused).rejects.not.toThrow(/10\.0\.0\.7/)
  })

  test('is refused as a whole when only one of its addresses is inside', async () => {
    const egress = testEgress({
      resolve: async () => [OUTSIDE, { address: '::ffff:127.0.0.1', family: 6 }],
    })

    await expect(egress.request(get('http://mixed.example/'))).rejects.toEqual(
      failing('egress.forbidden-address'),
    )
  })

  test('that alternates between outside and inside never leads inside', async () => {
    let asked = 0
    const alternating: Resolve = async () => {
      asked += 1
      return [asked % 2 === 0 ? INSIDE : OUTSIDE]
    }

    const answers = []
    for (let round = 0; round < 10_000; round += 1) {
      answers.push(await look(alternating).catch(({ code }) => code))
    }

    // Asked once per connection: what was checked is what the socket gets, there is no second look.
    expect(asked).toBe(10_000)
    expect(answers.filter((answer) => answer === 'egress.forbidden-address')).toHaveLength(5000)
    expect(answers.flat().filter((answer) => answer === OUTSIDE)).toHaveLength(5000)
  })

  test('is told to a socket that wants one address only', async () => {
    const lookup = guardedLookup(async () => [OUTSIDE, { address: '8.8.8.8', family: 4 }])

    const [address, family] = await new Promise<unknown[]>((resolve) => {
      lookup('name.example', {}, (_error, ...answer) => resolve(answer))
    })

    expect([address, family]).toEqual(['93.184.215.14', 4])
  })

  test('without an address is unreachable', async () => {
    await expect(look(async () => [])).rejects.toThrow('name.example has no address')
  })

  test('that does not exist is unreachable, and may be tried again', async () => {
    const egress = testEgress({
      resolve: async () => {
        throw Object.assign(new Error('not found'), { code: 'ENOTFOUND' })
      },
    })

    await expect(egress.request(get('http://nowhere.example/'))).rejects.toEqual(
      expect.objectContaining({ code: 'egress.unreachable', transient: true }),
    )
  })
})
