import { agentQueue, outgoing, RanAgent, RunAgent } from '@dure/contracts'
import { Type } from 'typebox'
import { renderText } from '../expressions/template.ts'
import { defineTaskNode, OUT, Template } from './define.ts'
import { isTrusted, TrustInput } from './trust.ts'

const { agent: name, limits } = RunAgent.properties

export const agent = defineTaskNode({
  type: 'agent',
  title: 'Agent',
  description: 'Lets an agent do a task; its data is { output, executionId, steps }',
  ports: [OUT],
  // What its tools may do is the business of the agent; the same attempt is always the same execution.
  effect: () => 'write',
  idempotent: () => true,
  dependsOnCaller: true,
  defaultTimeoutMs: 600_000,
  maxCostMicroUsd: (config) => config.limits?.maxCostMicroUsd,
  output: RanAgent,
  config: Type.Object(
    {
      agent: name,
      input: Template('what the agent is asked', 100_000),
      trustInput: TrustInput,
      limits: Type.Optional(Type.Object(limits.properties, { additionalProperties: false })),
    },
    { additionalProperties: false },
  ),
  message: ({ agent, input, trustInput, limits }, scope, task, caller) =>
    outgoing(agentQueue, 'task.run-agent', {
      task,
      input: {
        ...{ agent, input: renderText(input, scope) },
        ...(isTrusted(input, trustInput) && { isTrusted: true }),
        ...(limits && { limits }),
      },
      ...(caller && { caller }),
    }),
})
