import { type Static, Type } from 'typebox'
import { HelperUsageView } from '../drafts/usage.ts'
import type { AssistantAnswer } from './service.ts'

export const AskAssistant = Type.Object(
  {
    message: Type.String({
      minLength: 1,
      maxLength: 4000,
      examples: ['환불 승인은 왜 실패했어?'],
    }),
    history: Type.Array(
      Type.Object(
        {
          role: Type.Enum(['user', 'assistant']),
          content: Type.String({ minLength: 1, maxLength: 4000 }),
        },
        { additionalProperties: false },
      ),
      { maxItems: 20, default: [], description: 'What was said before, oldest first' },
    ),
  },
  { additionalProperties: false, $id: 'AskAssistant' },
)

export const AssistantReply = Type.Object(
  {
    answer: Type.String({ description: 'Cites by `[wf_…]` and `[run_…]`' }),
    citations: Type.Array(
      Type.Object({
        id: Type.String(),
        kind: Type.Enum(['workflow', 'run']),
        name: Type.String({ description: 'Of the workflow' }),
        path: Type.String({ examples: ['/v1/runs/run_0198c0de4a7b7c3e9f10223344556677'] }),
      }),
      { description: 'Only what was found, and belongs to the project' },
    ),
    droppedCitations: Type.Integer({
      description: 'Taken out of the answer: the model cited what was not found',
    }),
    found: Type.Object({ workflows: Type.Integer(), runs: Type.Integer() }),
    source: Type.Enum(['model', 'list'], {
      description: '`list`: no model is configured, and the answer is a list of what was found',
    }),
    usage: Type.Union([HelperUsageView, Type.Null()]),
  },
  { $id: 'AssistantReply' },
)

export function viewAnswer(of: AssistantAnswer): Static<typeof AssistantReply> {
  const { answer, cited, droppedCitations, found, source, usage } = of
  const { workflows, runs } = found
  const names = new Map([
    ...workflows.map(({ id, name }) => [id as string, name] as const),
    ...runs.map(({ id, workflowName }) => [id as string, workflowName] as const),
  ])
  return {
    ...{ answer, droppedCitations, source, usage },
    citations: cited.map((id) => {
      const isRun = id.startsWith('run_')
      const path = `/v1/${isRun ? 'runs' : 'workflows'}/${id}`
      return { id, kind: isRun ? 'run' : 'workflow', name: names.get(id) ?? '', path }
    }),
    found: { workflows: workflows.length, runs: runs.length },
  }
}
