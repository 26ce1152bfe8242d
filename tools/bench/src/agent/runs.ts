import { setTimeout as sleep } from 'node:timers/promises'
import type { OneService } from '../one-service.ts'

const POLL_MS = 50
const PATIENCE_MS = 120_000

/** @returns the id of a published agent that has a calculator */
export async function publishAgent({ client }: OneService): Promise<string> {
  const definition = {
    instructions: 'You add numbers.',
    tools: [{ tool: 'calculator' }],
    limits: { maxSteps: 50, maxTokens: 1_000_000, maxCostMicroUsd: 1_000_000, timeoutMs: 600_000 },
  }
  const { id } = await post(client, '/v1/agents', { name: 'bench', description: '', definition })
  await post(client, `/v1/agents/${id}/versions`, {})
  await post(client, `/v1/agents/${id}/versions/1/publish`, {})
  return id
}

export async function startRun({ client }: OneService, agentId: string): Promise<string> {
  return (await post(client, `/v1/agents/${agentId}/runs`, { input: 'Add.' })).id
}

/** Waits until a run has ended. @throws when it did not succeed */
export async function untilEnded({ client }: OneService, id: string): Promise<void> {
  const giveUpAt = performance.now() + PATIENCE_MS
  while (performance.now() < giveUpAt) {
    const { text } = await client.get(`/v1/agent-runs/${id}`)
    const { status } = JSON.parse(text) as { status: string }
    if (status === 'succeeded') return
    if (status !== 'queued' && status !== 'running') throw new Error(`A run ended: ${text}`)
    await sleep(POLL_MS)
  }
  throw new Error(`The run ${id} has not ended after ${PATIENCE_MS} ms`)
}

async function post(client: OneService['client'], path: string, body: object) {
  const { status, text } = await client.post(path, JSON.stringify(body))
  if (status >= 300) throw new Error(`${path}: ${status} ${text}`)
  return JSON.parse(text) as { id: string }
}
