import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Client, readAnswer } from '@dure/client'
import { ExampleError } from '../korean-support/connection.ts'
import { BUDGET, definition } from './agent.ts'

const NAME = 'return-desk'
const READY_LIMIT_MS = 120_000
const POLL_MS = 300
const query = { limit: 100 }

export interface Desk {
  readonly agentId: string
  readonly budgetId: string
}

/** What is there already is used again; what has changed becomes a new version. */
export async function setUp(client: Client): Promise<Desk> {
  const knowledgeBaseId = await knowledgeBase(client)
  await upload(client, knowledgeBaseId)
  const agentId = await publish(client, knowledgeBaseId)
  return { agentId, budgetId: await budget(client, agentId) }
}

async function knowledgeBase(client: Client): Promise<string> {
  const { data } = await readAnswer(client.GET('/v1/knowledge-bases', { params: { query } }))
  const known = data.find(({ name }) => name === NAME)
  const create = () => client.POST('/v1/knowledge-bases', { body: { name: NAME } })
  return (known ?? (await readAnswer(create()))).id
}

/** With the same text, the document stays as it is. */
async function upload(client: Client, knowledgeBaseId: string): Promise<void> {
  const text = await readFile(join(import.meta.dirname, 'returns.md'), 'utf8')
  const path = '/v1/knowledge-bases/{knowledgeBaseId}/documents' as const
  const params = { path: { knowledgeBaseId } }
  let document = await readAnswer(client.POST(path, { params, body: { name: 'returns.md', text } }))
  const endsAt = performance.now() + READY_LIMIT_MS
  while (document.status !== 'ready') {
    const { status, error } = document
    if (status === 'failed' || performance.now() > endsAt) {
      throw new ExampleError(`returns.md is ${status}: ${error?.message ?? 'see the log'}`)
    }
    await sleep(POLL_MS)
    const of = { path: { knowledgeBaseId, documentId: document.id } }
    document = await readAnswer(client.GET(`${path}/{documentId}`, { params: of }))
  }
}

async function publish(client: Client, knowledgeBaseId: string): Promise<string> {
  const { data } = await readAnswer(client.GET('/v1/agents', { params: { query } }))
  const body = { name: NAME, definition: definition(knowledgeBaseId) }
  const known = data.find(({ name }) => name === NAME)
  const { id: agentId } = known ?? (await readAnswer(client.POST('/v1/agents', { body })))
  const params = { path: { agentId } }
  await readAnswer(client.PUT('/v1/agents/{agentId}', { params, body }))
  const { number } = await readAnswer(client.POST('/v1/agents/{agentId}/versions', { params }))
  const of = { path: { agentId, number } }
  await readAnswer(client.POST('/v1/agents/{agentId}/versions/{number}/publish', { params: of }))
  return agentId
}

async function budget(client: Client, subjectId: string): Promise<string> {
  const { data } = await readAnswer(client.GET('/v2/budgets', { params: { query } }))
  const known = data.find((one) => one.subjectId === subjectId)
  const create = () => client.POST('/v2/budgets', { body: { ...BUDGET, subjectId, name: NAME } })
  return (known ?? (await readAnswer(create()))).id
}
