import { randomUUID } from 'node:crypto'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import type { Ask, LeaseReport, Rule } from './rule.ts'
import { ASK_LUA, decodeAnswer, encodeAsk } from './script.ts'
import { Random } from './testing/random.ts'
import { VirtualRedis } from './testing/virtual-redis.ts'

/** The script as it is, but for its clock: that one stands in the last two arguments. */
const TIMED_LUA = ASK_LUA.replace(
  "redis.call('TIME')",
  '{ tonumber(ARGV[#ARGV - 1]), tonumber(ARGV[#ARGV]) }',
)

let redis: Redis
beforeAll(() => {
  redis = new Redis(inject('redisUrl'))
})
afterAll(() => redis.disconnect())

async function askServer(ask: Ask, now: number) {
  const sent = encodeAsk(ask)
  const clock = [Math.floor(now / 1_000_000), now % 1_000_000]
  return decodeAnswer(
    ask,
    await redis.call('EVAL', TIMED_LUA, ask.reports.length, ...sent, ...clock),
  )
}

const RULES: readonly Rule[] = [
  { name: 'a', kind: 'rate', capacity: 5, unitMicros: 250_000, onStoreLoss: 'local-share' },
  { name: 'b', kind: 'rate', capacity: 100, unitMicros: 7919, onStoreLoss: 'local-share' },
  { name: 'c', kind: 'rate', capacity: 5000, unitMicros: 1000, onStoreLoss: 'local-share' },
  { name: 'd', kind: 'day', capacity: 300, unitMicros: 0, onStoreLoss: 'local-share' },
  { name: 'm', kind: 'month', capacity: 900, unitMicros: 0, onStoreLoss: 'local-share' },
  { name: 's', kind: 'slots', capacity: 40, unitMicros: 0, onStoreLoss: 'local-share' },
]

function randomAsk(random: Random, prefix: string): Ask {
  const rules = RULES.filter(() => random.chance(0.5))
  const reports = rules.map(
    (rule): LeaseReport => ({
      rule,
      key: `{${prefix}}${rule.name}`,
      holder: `h${random.between(1, 3)}`,
      used: random.chance(0.5) ? 0 : random.between(0, 20),
      ageMs: random.between(0, 2_000_000) / 1000,
      held: random.between(0, 12),
      want: random.chance(0.3) ? 0 : random.between(0, 300),
      soon: random.between(0, 20),
      floor: random.chance(0.9) ? 0 : random.between(0, 100),
    }),
  )
  const needs = Array.from({ length: reports.length === 0 ? 0 : random.between(0, 4) }, () => ({
    cost: random.between(1, 3),
    of: reports.map((_report, place) => place).filter(() => random.chance(0.6)),
  }))
  return { tag: prefix, stretch: random.pick([1, 1, 1, 1.5]), reports, needs }
}

test.each([1, 2, 3, 4])(
  'the model of the tests does what the script does on a server, seed %i',
  { timeout: 120_000 },
  async (seed) => {
    const random = new Random(seed)
    const virtual = new VirtualRedis()
    const prefix = randomUUID()
    let now = Date.UTC(2027, 11, 31, 23, 59, 40) * 1000
    for (let step = 0; step < 200; step++) {
      now += random.chance(0.03) ? random.between(0, 9_000_000_000) : random.between(0, 400_000)
      const ask = randomAsk(random, prefix)
      const answer = await askServer(ask, now)
      expect([step, answer]).toEqual([step, virtual.ask(ask, now)])
    }
  },
)

test.each([
  ['2026-01-31T23:59:59.999Z', '2026-02-01T00:00:00.000Z'],
  ['2028-02-29T12:00:00.000Z', '2028-03-01T00:00:00.000Z'],
  ['2027-02-28T00:00:00.000Z', '2027-03-01T00:00:00.000Z'],
  ['2026-12-01T00:00:00.000Z', '2027-01-01T00:00:00.000Z'],
  ['2100-02-28T23:00:00.000Z', '2100-03-01T00:00:00.000Z'],
])('the month of %s ends at %s', async (now, end) => {
  const rule = RULES.find(({ kind }) => kind === 'month') as Rule
  const report = { rule, key: randomUUID(), holder: 'h', used: 0, ageMs: 0 }
  const reports = [{ ...report, held: 0, want: 0, soon: 0, floor: 0 }]
  const ask: Ask = { tag: 't', stretch: 1, reports, needs: [] }
  const answer = await askServer(ask, Date.parse(now) * 1000)
  expect(answer.reports[0]?.endsInMs).toBe(Date.parse(end) - Date.parse(now))
})

test('every key has an end', async () => {
  const prefix = randomUUID()
  const random = new Random(7)
  const asks = Array.from({ length: 20 }, () => randomAsk(random, prefix))
  for (const ask of asks) await askServer(ask, Date.now() * 1000)
  const keys = await redis.keys(`{${prefix}}*`)
  expect(keys.length).toBeGreaterThan(0)
  for (const key of keys) expect(await redis.pttl(key)).toBeGreaterThan(0)
})
