import { Graph } from '@dure/engine'
import { type Static, Type } from 'typebox'
import { NeededTriggerView, viewTrigger } from '../templates/view.ts'
import type { Drafted } from './drafted.ts'
import { HelperUsageView } from './usage.ts'

export const GenerateWorkflow = Type.Object(
  {
    description: Type.String({
      minLength: 3,
      maxLength: 4000,
      description: 'What the workflow is to do, in Korean or English',
      examples: ['매일 아침 9시에 새 문의를 요약해서 슬랙으로 보내줘'],
    }),
    maxRepairs: Type.Integer({
      minimum: 0,
      maximum: 3,
      default: 2,
      description:
        'How often the model is shown what is wrong with its draft; each is one more call',
    }),
  },
  { additionalProperties: false, $id: 'GenerateWorkflow' },
)

export const GeneratedWorkflow = Type.Object(
  {
    draft: Type.Object(
      { name: Type.String(), description: Type.String(), graph: Type.Unsafe<Graph>(Graph) },
      { description: 'What `POST /v1/workflows` takes. It is stored nowhere' },
    ),
    explanation: Type.String(),
    triggers: Type.Array(NeededTriggerView),
    assumptions: Type.Array(Type.String(), {
      description: 'What was assumed, and what has to be set up before it runs',
    }),
    warnings: Type.Array(
      Type.Object({
        pointer: Type.String(),
        message: Type.String(),
        code: Type.Optional(Type.String()),
      }),
    ),
    hosts: Type.Array(Type.String(), {
      description: 'Every host that its nodes name: look at them before you publish it',
    }),
    source: Type.Enum(['model', 'template'], {
      description: '`template`: no model is configured, and the nearest template is given as it is',
    }),
    templateId: Type.Union([Type.String(), Type.Null()]),
    attempts: Type.Integer({ description: 'How many drafts the model made; 0 without a model' }),
    usage: Type.Union([HelperUsageView, Type.Null()]),
  },
  { $id: 'GeneratedWorkflow' },
)

export function viewDrafted(drafted: Drafted): Static<typeof GeneratedWorkflow> {
  const { triggers, assumptions, warnings, hosts, ...rest } = drafted
  return {
    ...rest,
    triggers: triggers.map(viewTrigger),
    assumptions: [...assumptions],
    warnings: [...warnings],
    hosts: [...hosts],
  }
}
