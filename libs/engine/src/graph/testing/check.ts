import { agentQueue, outgoing } from '@dure/contracts'
import { Type } from 'typebox'
import { defineTaskNode } from '../../nodes/define.ts'
import { nodeTypes } from '../../nodes/index.ts'
import type { Graph } from '../graph.ts'
import { validateGraph } from '../validate.ts'

export const wf = `wf_${'1'.repeat(32)}`
export const kb = `kb_${'0'.repeat(32)}`
export const start = { id: 'start', type: 'start', config: {} }
export const end = { id: 'end', type: 'end', config: { outputs: {} } }
export const say = { id: 'say', type: 'template', config: { text: 'Hello {{ input.name }}' } }
export const edge = (from: string, to: string, port = 'out') => ({ from, port, to })
export const text = (id: string, source: string, more: object = {}) => ({
  ...{ id, type: 'template', config: { text: source } },
  ...more,
})
export const post = (more: object = {}, config: object = {}) => ({
  ...{ id: 'post', type: 'http', config: { method: 'POST', url: 'https://a.example', ...config } },
  ...more,
})

/** What a paying node costs. */
const paid = defineTaskNode({
  type: 'paid',
  title: 'Paid',
  description: 'Costs what it is configured to cost',
  ports: ['out'],
  effect: () => 'read',
  defaultTimeoutMs: 1,
  config: Type.Object({ cost: Type.Optional(Type.Integer()) }, { additionalProperties: false }),
  maxCostMicroUsd: ({ cost }) => cost,
  message: (_config, _scope, task) =>
    outgoing(agentQueue, 'task.echo', { task, input: { data: 1 } }),
})
const types = new Map([...nodeTypes, ['paid', paid]])

export function validate(nodes: readonly unknown[], edges: readonly unknown[]) {
  const place = { base: '#/graph', workflowId: wf }
  return validateGraph({ nodes, edges } as unknown as Graph, types, place)
}
export type Found = ReturnType<typeof validate>
export const pairs = (found: Found['problems']) => found.map(({ pointer, code }) => [pointer, code])

/** start → the nodes one after the other → end */
export function chain(...nodes: { readonly id: string; readonly [field: string]: unknown }[]) {
  const all = [start, ...nodes, end]
  const edges = all.slice(1).map((node, at) => edge(all[at]?.id ?? '', node.id))
  return validate(all, edges)
}
export const inLoop = (
  nodes: unknown[],
  edges: unknown[] = [],
  config: object = { while: 'true' },
) => ({
  ...{ id: 'again', type: 'loop', config, body: { nodes, edges } },
})

/** A loop in a loop in a loop …, that many of them. */
export function nested(depth: number, at = 1): ReturnType<typeof inLoop> {
  const inside = at === depth ? text('innermost', '') : nested(depth, at + 1)
  return { ...inLoop([inside]), id: `again${at}` }
}
