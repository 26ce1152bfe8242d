import type { Client } from '@dure/client'
import { ExampleError } from '../korean-support/connection.ts'

/** An event of an execution, as `GET /v1/agent-runs/{id}/events` sends it. */
export interface RunEvent {
  readonly type: string
  readonly version?: number
  readonly [field: string]: unknown
}

const MAX_CONNECTIONS = 20

/** All that happens in an execution, until it is over: after a lost connection it goes on behind the last event. */
export async function* follow(client: Client, executionId: string): AsyncGenerator<RunEvent> {
  let last = 0
  for (let connection = 0; connection < MAX_CONNECTIONS; connection += 1) {
    for await (const event of connected(client, executionId, last)) {
      last = event.version ?? last
      yield event
      if (event.type === 'execution.ended') return
    }
  }
  throw new ExampleError(`${executionId} was lost sight of: see GET /v1/agent-runs/${executionId}`)
}

async function* connected(client: Client, executionId: string, after: number) {
  const header = { 'last-event-id': String(after) }
  const { data } = await client.GET('/v1/agent-runs/{executionId}/events', {
    params: { path: { executionId }, header },
    parseAs: 'stream',
  })
  let rest = ''
  const bytes = (data ?? []) as AsyncIterable<Uint8Array>
  const decoder = new TextDecoder()
  try {
    for await (const piece of bytes) {
      const blocks = (rest + decoder.decode(piece, { stream: true })).split('\n\n')
      rest = blocks.pop() ?? ''
      for (const block of blocks) {
        const text = /^data: (.*)$/m.exec(block)?.[1]
        const event = JSON.parse(text ?? '{}') as RunEvent
        if (typeof event.type === 'string') yield event
      }
    }
  } catch (error) {
    // The connection ended in between: whoever follows makes another one.
    if (!(error instanceof TypeError || (error as Error).name === 'TimeoutError')) throw error
  }
}
