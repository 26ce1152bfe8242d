import { setTimeout as sleep } from 'node:timers/promises'
import { percentile } from '../../statistics.ts'
import { installGateways } from '../dure.ts'
import type { Probe } from './probe.ts'

const EVERY_MS = 20
const FROZEN_MS = 8000
const RECOVERY_LIMIT_MS = 10_000

interface Answer {
  readonly answered: boolean
  readonly degraded: boolean
  readonly ms: number
}

/** Redis stops, as a machine that hangs does: connections stay open, and nothing comes back. */
export const frozen: Probe = {
  name: 'frozen',
  what: `Redis hangs for ${FROZEN_MS / 1000} s under ${1000 / EVERY_MS} requests a second`,
  async run({ surroundings }) {
    const { infrastructure, keys } = surroundings
    const gateway = await (await installGateways(surroundings)).start('dure')
    const redisPid = infrastructure.redisPid
    try {
      await askFor(gateway.url, keys, 2000)
      process.kill(redisPid, 'SIGSTOP')
      const answers = await askFor(gateway.url, keys, FROZEN_MS)
      process.kill(redisPid, 'SIGCONT')
      const recoveryMs = await untilWhole(gateway.url, keys)
      const share = answers.filter(({ answered }) => answered).length / answers.length
      const latencies = answers.map(({ ms }) => ms)
      return [
        { name: 'answered while Redis hangs', value: share * 100, unit: '%', goal: { least: 100 } },
        {
          name: 'p99 meanwhile',
          value: percentile(latencies, 0.99),
          unit: 'ms',
          goal: { most: 40 },
        },
        { name: 'shared limits again after', value: recoveryMs, unit: 'ms', goal: { most: 2000 } },
      ]
    } finally {
      process.kill(redisPid, 'SIGCONT')
      await gateway.stop()
    }
  },
}

async function askFor(url: string, keys: readonly string[], ms: number): Promise<Answer[]> {
  const answers: Promise<Answer>[] = []
  for (let n = 0; n * EVERY_MS < ms; n += 1) {
    answers.push(ask(url, keys[n % keys.length] ?? ''))
    await sleep(EVERY_MS)
  }
  return Promise.all(answers)
}

async function ask(url: string, key: string): Promise<Answer> {
  const askedAt = performance.now()
  try {
    const answer = await fetch(`${url}/v1/workflows`, {
      headers: { authorization: `Bearer ${key}` },
      signal: AbortSignal.timeout(5000),
    })
    await answer.arrayBuffer()
    const degraded = (answer.headers.get('ratelimit') ?? '').includes('degraded')
    return { answered: answer.status === 200, degraded, ms: performance.now() - askedAt }
  } catch {
    // Counted as not answered.
    return { answered: false, degraded: true, ms: performance.now() - askedAt }
  }
}

async function untilWhole(url: string, keys: readonly string[]): Promise<number> {
  const since = performance.now()
  while (performance.now() - since < RECOVERY_LIMIT_MS) {
    const { answered, degraded } = await ask(url, keys[0] ?? '')
    if (answered && !degraded) return performance.now() - since
    await sleep(EVERY_MS)
  }
  return RECOVERY_LIMIT_MS
}
