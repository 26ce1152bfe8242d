import { hash } from 'node:crypto'
import type { Tenant, WorkflowId, WorkflowVersionId } from '@dure/contracts'
import { completeGraph, type Graph } from '@dure/engine'
import type { CallableAgent } from './directory-service.ts'

/** The workflow that asks one agent, by the published version or by an alias. Nobody has made it. */
export interface AgentWorkflow {
  readonly workflowId: WorkflowId
  readonly versionId: WorkflowVersionId
  readonly name: string
  readonly graph: Graph
}

/** Rises with each change of the graph below: what was stored before stays as runs know it. */
const EDITION = 1
/** An agent has a limit of its own, and whoever waits leaves when they have waited enough. */
const TIMEOUT_MS = 86_400_000

/** The same for the same agent, whoever asks for it. */
export function agentWorkflowOf(
  { organizationId, projectId }: Tenant,
  { id, name }: Pick<CallableAgent, 'id' | 'name'>,
  alias: string | undefined,
): AgentWorkflow {
  const at = alias === undefined ? '' : `@${alias}`
  const digest = hash('sha256', `${EDITION} ${organizationId} ${projectId} ${id}${at}`)
  return {
    workflowId: `wf_${digest.slice(0, 32)}` as WorkflowId,
    versionId: `wfv_${digest.slice(0, 32)}` as WorkflowVersionId,
    name: `agent:${name}${at}`,
    graph: graphOf(`${id}${at}`),
  }
}

function graphOf(agent: string): Graph {
  // It is the wish of whoever asks, as when they start an execution themselves.
  const asked = { input: '{{ input.input }}', history: 'input.history', trustInput: true }
  const config = { agent, ...asked }
  const outputs = {
    answer: '{{ nodes.agent.data.text }}',
    output: '{{ nodes.agent.data.output }}',
    executionId: '{{ nodes.agent.data.executionId }}',
  }
  const graph = {
    nodes: [
      { id: 'start', type: 'start' },
      { id: 'agent', type: 'agent', config, policy: { timeoutMs: TIMEOUT_MS } },
      { id: 'end', type: 'end', config: { outputs } },
    ],
    edges: [
      { from: 'start', to: 'agent' },
      { from: 'agent', to: 'end' },
    ],
  }
  // Its shape is checked by a test, with the node types that there are.
  return completeGraph(graph as unknown as Graph)
}
