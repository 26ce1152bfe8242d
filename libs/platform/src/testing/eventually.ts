import { vi } from 'vitest'

/** Waits for a condition: resolves when `assertion` no longer throws, rejects with its last error. */
export async function eventually<Result>(
  assertion: () => Result | Promise<Result>,
  { timeoutMs = 15_000 }: { readonly timeoutMs?: number } = {},
): Promise<Result> {
  return vi.waitFor(assertion, { timeout: timeoutMs, interval: 20 })
}
