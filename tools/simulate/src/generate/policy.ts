import { ERROR_CLASSES } from '@dure/contracts'
import type { NodePolicy } from '@dure/engine'
import type { Random } from '../random.ts'

/** What a node is worth to whoever drew it up: how often it is tried, and what follows a failure. */
export function drawPolicy(random: Random, isWrite: boolean): NodePolicy {
  return {
    ...(random.chance(0.5) && { retry: drawRetry(random) }),
    ...(random.chance(0.3) && { onError: 'default' as const, default: { number: 7 } }),
    ...(isWrite && random.chance(0.6) && drawUnknown(random)),
  }
}

function drawRetry(random: Random): NonNullable<NodePolicy['retry']> {
  const baseMs = random.int(0, 5000)
  return {
    maxAttempts: random.int(2, 5),
    backoff: random.pick(['exp', 'fixed']),
    baseMs,
    maxMs: baseMs + random.int(0, 30_000),
    jitter: random.chance(0.5),
    on: ERROR_CLASSES.filter(() => random.chance(0.7)),
  }
}

function drawUnknown(random: Random): NodePolicy {
  const onUnknownOutcome = random.pick(['retry', 'verify', 'review', 'fail'] as const)
  if (onUnknownOutcome !== 'verify') return { onUnknownOutcome }
  const verify = { url: 'https://outside.test/verify', when: 'response.body.done' }
  return { onUnknownOutcome, verify }
}
