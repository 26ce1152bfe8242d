import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const COUNT = 2000
const TRACE_ID = '0af7651916cd43dd8448eb211c80319c'

interface Begun {
  readonly isRecorded: boolean
  readonly traceId: string
  readonly traceparent: string
}

const file = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** Tracing is of a process, and begins before anything else in it. */
async function begun(share: string, traceparent?: string): Promise<Begun[]> {
  const args = [
    ...['--import', file('../otel.ts'), file('./testing/traced-process.ts'), String(COUNT)],
    ...(traceparent === undefined ? [] : [traceparent]),
  ]
  const env = {
    ...process.env,
    // Nobody listens: what is exported is lost, and nobody waits for it.
    OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1',
    OTEL_EXPORTER_OTLP_TIMEOUT: '1',
    OTEL_TRACES_SAMPLER_ARG: share,
  }
  const { stdout } = await promisify(execFile)(process.execPath, args, {
    env,
    maxBuffer: 10_000_000,
  })
  return JSON.parse(stdout)
}

test('of the traces that begin here, the share is kept, and the next service is told which', async () => {
  const spans = await begun('0.25')

  const kept = spans.filter(({ isRecorded }) => isRecorded)
  // 500 are expected, with a standard deviation of 19.
  expect(kept.length).toBeGreaterThan(370)
  expect(kept.length).toBeLessThan(630)
  for (const { isRecorded, traceId, traceparent } of spans) {
    expect(traceId).toMatch(/^[0-9a-f]{32}$/)
    const flags = isRecorded ? '01' : '00'
    expect(traceparent).toMatch(new RegExp(`^00-${traceId}-[0-9a-f]{16}-${flags}$`))
  }
  expect(new Set(spans.map(({ traceId }) => traceId)).size).toBe(COUNT)
})

test.each([
  ['0', 0],
  ['1', COUNT],
])('with a share of %s, %d are kept', async (share, count) => {
  const spans = await begun(share)
  expect(spans.filter(({ isRecorded }) => isRecorded)).toHaveLength(count)
})

test.each([
  ['01', COUNT],
  ['00', 0],
])('what came with a trace of flags %s is kept as the caller keeps it', async (flags, count) => {
  const spans = await begun('0.5', `00-${TRACE_ID}-b7ad6b7169203331-${flags}`)

  expect(spans.filter(({ isRecorded }) => isRecorded)).toHaveLength(count)
  expect(new Set(spans.map(({ traceId }) => traceId))).toEqual(new Set([TRACE_ID]))
})
