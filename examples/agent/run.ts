import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createClient, DureProblem, readAnswer } from '@dure/client'
import { ExampleError, findConnection } from '../korean-support/connection.ts'

// An agent with two tools on a running Dure: it is created once, asked, and every step of it is shown.
const root = join(dirname(fileURLToPath(import.meta.url)), '../..')
const NAME = 'desk-helper'
const QUESTION = '2900 * 3 + 3000 은 얼마이고, 지금 몇 시인가요?'

const definition = {
  instructions: 'You help at the desk of a shop. Use your tools for sums and times. Be brief.',
  tools: [{ tool: 'calculator' }, { tool: 'date_time' }],
  limits: { maxSteps: 6, maxTokens: 20_000, maxCostMicroUsd: 50_000, timeoutMs: 60_000 },
}

const client = createClient(findConnection(process.env, root))

/** The agent of this name, with what is above as its published version. */
async function publish(): Promise<string> {
  const agentId = (await find()) ?? (await create())
  const params = { path: { agentId } }
  const body = { name: NAME, definition }
  await readAnswer(client.PUT('/v1/agents/{agentId}', { params, body }))
  // The same definition gives the version that it gave before.
  const { number } = await readAnswer(client.POST('/v1/agents/{agentId}/versions', { params }))
  const path = { agentId, number }
  await readAnswer(
    client.POST('/v1/agents/{agentId}/versions/{number}/publish', { params: { path } }),
  )
  return agentId
}

async function find(): Promise<string | undefined> {
  const query = { limit: 100 }
  const { data } = await readAnswer(client.GET('/v1/agents', { params: { query } }))
  return data.find(({ name }) => name === NAME)?.id
}

async function create(): Promise<string> {
  const body = { name: NAME, definition }
  return (await readAnswer(client.POST('/v1/agents', { body }))).id
}

async function ask(agentId: string, input: string): Promise<void> {
  const { id: executionId } = await readAnswer(
    client.POST('/v1/agents/{agentId}/runs', {
      params: { path: { agentId } },
      body: { input, mode: 'wait' },
    }),
  )
  const path = { executionId }
  const run = await readAnswer(client.GET('/v1/agent-runs/{executionId}', { params: { path } }))
  console.log(`\n${input}\n\n${run.output ?? run.error?.message ?? run.status}\n`)
  const { data } = await readAnswer(
    client.GET('/v1/agent-runs/{executionId}/steps', { params: { path } }),
  )
  console.table(
    data.map(({ kind, tool, input: asked, output, usage }) => ({
      step: kind,
      tool: tool ?? '',
      asked: asked === undefined ? '' : JSON.stringify(asked),
      answered: output === undefined ? '' : JSON.stringify(output).slice(0, 60),
      'micro-USD': usage?.costMicroUsd ?? '',
    })),
  )
  console.log(`All of it: GET /v1/agent-runs/${run.id}/steps, or the trace in Jaeger`)
}

try {
  await ask(await publish(), process.argv.slice(2).join(' ').trim() || QUESTION)
} catch (error) {
  const isTheirs = error instanceof ExampleError || error instanceof DureProblem
  console.error(isTheirs ? error.message : error)
  process.exitCode = 1
}
