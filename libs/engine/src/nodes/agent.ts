import { agentQueue, outgoing, RanAgent, RunAgent } from '@dure/contracts'
import { InvalidInputError } from '@dure/kernel'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { compileExpression, type Scope } from '../expressions/expression.ts'
import { renderText } from '../expressions/template.ts'
import { defineTaskNode, Expression, OUT, Template } from './define.ts'
import { isTrusted, TrustInput } from './trust.ts'

const { agent: name, input: Input, history: History, limits } = RunAgent.properties

export const agent = defineTaskNode({
  type: 'agent',
  title: 'Agent',
  description: 'Lets an agent do a task; its data is { output, text, executionId, steps }',
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
      history: Type.Optional(
        Expression('what was said before, a list of { role, content }, such as `input.history`'),
      ),
      limits: Type.Optional(Type.Object(limits.properties, { additionalProperties: false })),
    },
    { additionalProperties: false },
  ),
  message: ({ agent, input, trustInput, history, limits }, scope, task, caller) =>
    outgoing(agentQueue, 'task.run-agent', {
      task,
      input: {
        ...{ agent, input: questionOf(input, scope) },
        // What was said before is never the words of the author.
        ...((history ? trustInput : isTrusted(input, trustInput)) && { isTrusted: true }),
        ...(history !== undefined && { history: historyOf(history, scope) }),
        ...(limits && { limits }),
      },
      ...(caller && { caller }),
    }),
})

function questionOf(source: string, scope: Scope): string {
  const question = renderText(source, scope)
  if (Value.Check(Input, question)) return question
  throw new InvalidInputError(
    'agent.invalid-input',
    '`input` must give a text of up to 200,000 characters, and not an empty one',
  )
}

function historyOf(source: string, scope: Scope) {
  const history = compileExpression(source).evaluate(scope)
  if (Value.Check(History, history)) return history
  throw new InvalidInputError(
    'agent.invalid-history',
    '`history` must give a list of up to 1000 messages, each with the role `system`, `user` or `assistant` and a text as `content`',
  )
}
