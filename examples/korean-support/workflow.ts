import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Api, Named } from './api.ts'

interface Workflow {
  readonly name: string
  readonly graph: {
    readonly nodes: readonly { readonly type: string; readonly config: object }[]
  }
}

/** What is published now. */
export interface Published {
  readonly id: string
  readonly number: number
}

const FILE = join(import.meta.dirname, 'workflow.json')

/** `workflow.json`, searching in this knowledge base instead of the one that stands there. */
export async function readWorkflow(knowledgeBaseId: string): Promise<Workflow> {
  const workflow = JSON.parse(await readFile(FILE, 'utf8')) as Workflow
  const nodes = workflow.graph.nodes.map((node) =>
    node.type === 'retrieve'
      ? { ...node, config: { ...node.config, knowledgeBaseIds: [knowledgeBaseId] } }
      : node,
  )
  return { ...workflow, graph: { ...workflow.graph, nodes } }
}

/** Saves the workflow under its name, freezes it as a version, and makes new runs take that one. */
export async function publishWorkflow(api: Api, workflow: Workflow): Promise<Published> {
  const known = await api.findByName<Named>('/v1/workflows', workflow.name)
  const { id } = await api.call<Named>(
    known
      ? { method: 'PUT', path: `/v1/workflows/${known.id}`, body: workflow }
      : { method: 'POST', path: '/v1/workflows', body: workflow },
  )
  const versions = `/v1/workflows/${id}/versions`
  const { number } = await api.call<{ number: number }>({ method: 'POST', path: versions })
  await api.call({ method: 'POST', path: `${versions}/${number}/publish` })
  return { id, number }
}
