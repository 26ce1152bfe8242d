import type { HttpClient } from '../http-client.ts'
import type { Graph } from './shapes.ts'

const WAIT_MS = 50_000

/** Creates, freezes and publishes a workflow. @returns its id */
export async function publish(client: HttpClient, name: string, graph: Graph): Promise<string> {
  const created = await asked<{ id: string }>(client, '/v1/workflows', { name, graph })
  const path = `/v1/workflows/${created.id}/versions`
  await asked(client, path, {})
  await asked(client, `${path}/1/publish`, {})
  return created.id
}

/** @returns what starts a run and waits for its end; it rejects when the run does not succeed */
export function runnerOf(client: HttpClient, workflowId: string, input: object) {
  const path = `/v1/workflows/${workflowId}/runs`
  const body = JSON.stringify({ input, mode: 'wait', waitMs: WAIT_MS })
  return async (): Promise<string> => {
    const { status, text } = await client.post(path, body)
    if (status === 200 && firstStatus(text) === 'completed') return text
    throw new Error(`A run did not succeed: ${status} ${text.slice(0, 2000)}`)
  }
}

/**
 * Of the run: those of its nodes come later in the answer. It is not parsed, because that would take
 * more CPU than some runs do.
 */
function firstStatus(text: string): string | undefined {
  return /"status":"(\w+)"/.exec(text)?.[1]
}

async function asked<Body>(client: HttpClient, path: string, body: object): Promise<Body> {
  const { status, text } = await client.post(path, JSON.stringify(body))
  if (status >= 300) throw new Error(`POST ${path} was answered ${status}: ${text}`)
  return JSON.parse(text) as Body
}
