import type { AgentId } from '@dure/contracts'
import { nodeTypes, validateGraph } from '@dure/engine'
import { testTenant } from '@dure/platform/testing'
import { expect, test } from 'vitest'
import { agentWorkflowOf } from './agent-workflow.ts'

const id = `agt_${'a'.repeat(32)}` as AgentId
const agent = { id, name: 'order-desk' }

test('the workflow that asks an agent is a valid one', () => {
  const { graph, name } = agentWorkflowOf(testTenant(), agent, 'prod')
  expect(validateGraph(graph, nodeTypes, { base: '#/graph' })).toMatchObject({ problems: [] })
  expect(name).toBe('agent:order-desk@prod')
  expect(graph.nodes[1]).toMatchObject({ type: 'agent', config: { agent: `${id}@prod` } })
})

test('is the same for the same agent and alias of a project, and for no other', () => {
  const idOf = (...of: Parameters<typeof agentWorkflowOf>) => agentWorkflowOf(...of).workflowId
  const first = idOf(testTenant(), agent, undefined)
  expect(idOf(testTenant(), { ...agent, name: 'renamed' }, undefined)).toBe(first)
  const others = [
    idOf(testTenant(), agent, 'prod'),
    idOf(testTenant(), { ...agent, id: `agt_${'b'.repeat(32)}` as AgentId }, undefined),
    idOf(testTenant('2'), agent, undefined),
  ]
  expect(new Set([first, ...others]).size).toBe(4)
  expect(first).toMatch(/^wf_[0-9a-f]{32}$/)
})
