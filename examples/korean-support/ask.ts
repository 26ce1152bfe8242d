import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Api } from './api.ts'
import { ExampleError, TransientError } from './connection.ts'

export interface Citation {
  readonly number: number
  readonly documentName: string
  readonly headings: readonly string[]
}

interface Run {
  readonly id: string
  readonly status: 'running' | 'completed' | 'failed'
  readonly output: { readonly answer: string; readonly citations: readonly Citation[] } | null
  readonly error: { readonly code: string; readonly message: string } | null
  readonly costMicroUsd: number
  readonly traceId: string | null
}

interface RunEvent {
  readonly type: string
  readonly data: {
    readonly usage?: { readonly inputTokens: number; readonly outputTokens: number }
  }
}

export interface Answered {
  readonly runId: string
  readonly traceId: string | null
  readonly answer: string
  readonly citations: readonly Citation[]
  readonly costMicroUsd: number
  readonly inputTokens: number
  readonly outputTokens: number
}

const START_ATTEMPTS = 3
const RETRY_AFTER_MS = 1000

/**
 * Starts a run and waits for its end.
 *
 * @throws ExampleError when the run fails, or does not end within three minutes
 */
export async function ask(api: Api, workflowId: string, question: string): Promise<Answered> {
  const started = await start(api, workflowId, question)
  // The stream ends when the run has ended: with it, the wait is over as well.
  const events = await api.events<RunEvent>(`/v1/runs/${started.id}/events`)
  const run = await api.call<Run>({ method: 'GET', path: `/v1/runs/${started.id}` })
  if (run.status !== 'completed' || run.output === null) {
    const why = run.error ? `${run.error.code}: ${run.error.message}` : `it is still ${run.status}`
    throw new ExampleError(`Run ${run.id} gave no answer. ${why}`)
  }
  const sum = (count: 'inputTokens' | 'outputTokens') =>
    events.reduce((total, { data }) => total + (data.usage?.[count] ?? 0), 0)
  return {
    runId: run.id,
    traceId: run.traceId,
    ...run.output,
    costMicroUsd: run.costMicroUsd,
    inputTokens: sum('inputTokens'),
    outputTokens: sum('outputTokens'),
  }
}

/** With one Idempotency-Key for all attempts: however many arrive, one run starts. */
async function start(api: Api, workflowId: string, question: string): Promise<Run> {
  const headers = { 'idempotency-key': randomUUID() }
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await api.call<Run>({
        method: 'POST',
        path: `/v1/workflows/${workflowId}/runs`,
        body: { input: { question }, mode: 'wait' },
        headers,
      })
    } catch (error) {
      if (!(error instanceof TransientError) || attempt === START_ATTEMPTS) throw error
      await sleep(RETRY_AFTER_MS)
    }
  }
}
