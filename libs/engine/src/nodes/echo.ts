import { agentQueue, outgoing } from '@dure/contracts'
import { Type } from 'typebox'
import { renderDeep } from '../expressions/template.ts'
import { DeepTemplate, defineTaskNode, OUT } from './define.ts'

export const echo = defineTaskNode({
  type: 'echo',
  title: 'Echo',
  description:
    'Goes through the queue to the agent service and back, with its data; for trying out an installation and for benchmarks',
  ports: [OUT],
  effect: () => 'read',
  defaultTimeoutMs: 30_000,
  config: Type.Object(
    { data: Type.Optional(DeepTemplate('what comes back; absent: {}')) },
    { additionalProperties: false },
  ),
  message: ({ data = {} }, scope, task) =>
    outgoing(agentQueue, 'task.echo', { task, input: { data: renderDeep(data, scope) } }),
})
