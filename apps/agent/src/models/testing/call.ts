import { randomUUID } from 'node:crypto'
import { testTenant } from '@dure/platform/testing'
import type { ModelCall } from '../model-call.ts'

/** A call as anybody may make it. */
export function callFor(call: Partial<ModelCall> = {}): ModelCall {
  return {
    callKey: `exe_${randomUUID()}/1`,
    payer: { tenant: testTenant() },
    kind: 'step',
    models: [],
    messages: [{ role: 'user', content: 'Hello' }],
    priority: 'interactive',
    timeoutMs: 20_000,
    signal: new AbortController().signal,
    onDelta: () => {},
    ...call,
  }
}
