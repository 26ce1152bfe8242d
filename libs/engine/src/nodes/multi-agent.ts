import { agentQueue, outgoing, RanTeam, RunTeam } from '@dure/contracts'
import { Type } from 'typebox'
import { renderText } from '../expressions/template.ts'
import { defineTaskNode, OUT, Template } from './define.ts'
import { isTrusted, TrustInput } from './trust.ts'

const { team, maxCostMicroUsd } = RunTeam.properties

export const multiAgent = defineTaskNode({
  type: 'multi_agent',
  title: 'Team of agents',
  description:
    'Gives a team of agents a task; its data is { answer, output, transcript, costs, teamId, teamRunId }',
  ports: [OUT],
  // As for one agent: the same attempt is always the same run of the team.
  effect: () => 'write',
  idempotent: () => true,
  dependsOnCaller: true,
  defaultTimeoutMs: 1_800_000,
  maxCostMicroUsd: (config) => config.maxCostMicroUsd,
  output: RanTeam,
  config: Type.Object(
    {
      team,
      input: Template('the task of the team', 50_000),
      trustInput: TrustInput,
      maxCostMicroUsd,
    },
    { additionalProperties: false },
  ),
  message: ({ team, input, trustInput, maxCostMicroUsd }, scope, task, caller) =>
    outgoing(agentQueue, 'task.run-team', {
      task,
      input: {
        ...{ team, input: renderText(input, scope) },
        ...(isTrusted(input, trustInput) && { isTrusted: true }),
        ...(maxCostMicroUsd !== undefined && { maxCostMicroUsd }),
      },
      ...(caller && { caller }),
    }),
})
