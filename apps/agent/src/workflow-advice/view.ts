import { MeasuredNode, WorkflowAdvice, WorkflowId } from '@dure/contracts'
import { Graph } from '@dure/engine'
import { type Static, Type } from 'typebox'
import { HelperUsageView } from '../drafts/usage.ts'
import { PROPOSAL_KINDS } from './edit.ts'
import type { Advised, GivenProposal } from './service.ts'

const Version = Type.Integer({ minimum: 1, maximum: 2_147_483_647 })
const whole = Type.Integer({ minimum: 0 })

export const AdviseWorkflow = Type.Object(
  {
    version: Type.Optional(
      Type.Integer({ ...Version, description: 'Absent: the published one, else the newest' }),
    ),
    runs: Type.Integer({
      ...{ minimum: 1, maximum: 200, default: 50 },
      description: 'How many of the last runs that have ended are looked at',
    }),
    maxRepairs: Type.Integer({
      ...{ minimum: 0, maximum: 3, default: 1 },
      description: 'How often the model is shown what is wrong with its proposals',
    }),
  },
  { additionalProperties: false, $id: 'AdviseWorkflow' },
)

const Problem = Type.Object({
  pointer: Type.String(),
  message: Type.String(),
  code: Type.Optional(Type.String()),
})
const AnyGraph = (description: string) => Type.Unsafe<Graph>({ ...Graph, description })

const ProposalView = Type.Object(
  {
    kind: Type.Enum([...PROPOSAL_KINDS]),
    title: Type.String(),
    why: Type.String(),
    changedNodes: Type.Array(Type.String()),
    expectedGain: Type.Union(
      [
        Type.Object({
          latencyMsP50: Type.Integer(),
          costMicroUsdPerRun: Type.Integer(),
          basis: Type.Enum(['measured', 'estimated'], {
            description:
              '`estimated`: a node that is new is thought to take what those took that are gone',
          }),
        }),
        Type.Null(),
      ],
      { description: 'What a run would take less. null: no run was recorded' },
    ),
    needsEvaluation: Type.Boolean({
      description: 'It changes what a model is asked: try it on a dataset before you publish it',
    }),
    warnings: Type.Array(Problem, { description: 'Of the validator. It has found no problem' }),
    graph: AnyGraph('What `PUT /v1/workflows/{id}` takes: `draft` with this one change. Valid'),
  },
  { $id: 'WorkflowProposal' },
)

export const AdvisedWorkflow = Type.Object(
  {
    workflowId: WorkflowId,
    version: Version,
    runs: Type.Object({ read: whole, leftOut: whole }),
    source: Type.Enum(['static', 'static-and-model'], {
      description: '`static`: only what playing recorded runs has found; `explanation` says why',
    }),
    explanation: Type.String(),
    advice: Type.Array(WorkflowAdvice, { description: 'Tried out on recorded runs' }),
    check: Type.Object(
      { checked: whole, skipped: whole },
      { description: 'Runs that were played under the version and under `draft`: all alike' },
    ),
    draft: AnyGraph('The version with all of `advice` that is safe'),
    nodes: Type.Array(MeasuredNode),
    proposals: Type.Array(ProposalView, { description: 'Of a model, each by itself on `draft`' }),
    refused: Type.Array(Type.Object({ title: Type.String(), problems: Type.Array(Problem) }), {
      description: 'What the model proposed last, and the checks have not let through',
    }),
    attempts: Type.Integer({ minimum: 0, description: 'Calls of the model' }),
    usage: Type.Union([HelperUsageView, Type.Null()]),
  },
  { $id: 'AdvisedWorkflow' },
)

const BOTH =
  'Recorded runs were played, and a model was asked for more. Its proposals are valid, and were not tried out: look at each.'

export function viewAdvised(advised: Advised): Static<typeof AdvisedWorkflow> {
  const { workflowId, given, draft, proposals, refused, withoutModel, attempts, usage } = advised
  const { version, runs, advice, nodes, check } = given
  return {
    ...{ workflowId, version, runs, advice, check, draft, nodes, attempts, usage },
    source: withoutModel === undefined ? 'static-and-model' : 'static',
    explanation: withoutModel ?? BOTH,
    proposals: proposals.map(viewProposal),
    refused: refused.map(({ title, problems }) => ({ title, problems: [...problems] })),
  }
}

/** What only changes when and how often something is asked, asks the same. */
const SAME_WORDS: readonly GivenProposal['kind'][] = ['parallelise', 'cache']

function viewProposal(of: GivenProposal): Static<typeof ProposalView> {
  const { kind, title, why, changed, expectedGain = null, warnings, graph } = of
  return {
    ...{ kind, title, why, expectedGain, graph },
    changedNodes: [...changed],
    needsEvaluation: !SAME_WORDS.includes(kind),
    warnings: [...warnings],
  }
}
