import { Graph } from '@dure/engine'
import { type Static, Type } from 'typebox'
import type { Ranked } from './search.ts'
import type { NeededTrigger, Template } from './template.ts'

const Wording = Type.Object(
  { ko: Type.String(), en: Type.String() },
  { $id: 'Wording', description: 'The same in Korean and in English' },
)

export const TemplateId = Type.String({
  pattern: '^[a-z][a-z0-9-]{0,62}$',
  examples: ['daily-inquiry-summary'],
})

const SUMMARY = {
  id: TemplateId,
  title: Wording,
  description: Wording,
  nodeTypes: Type.Array(Type.String(), { description: 'The types of nodes that it has' }),
  triggerKinds: Type.Array(Type.Enum(['schedule', 'webhook', 'event'])),
}

export const TemplateSummary = Type.Object(
  {
    ...SUMMARY,
    score: Type.Number({ description: 'How much of `q` it answers; 0 without `q`' }),
  },
  { $id: 'WorkflowTemplateSummary' },
)

export const NeededTriggerView = Type.Object(
  {
    kind: Type.Enum(['schedule', 'webhook', 'event']),
    why: Wording,
    method: Type.Literal('POST'),
    path: Type.String({ examples: ['/v1/schedules'] }),
    body: Type.Record(Type.String(), Type.Unknown(), {
      description: 'Ready to be sent, once `workflowId` is that of the workflow you have made',
    }),
  },
  { $id: 'NeededTrigger', description: 'A trigger is a resource of its own, beside the workflow' },
)

export const TemplateView = Type.Object(
  {
    ...SUMMARY,
    graph: Type.Unsafe<Graph>(Graph),
    triggers: Type.Array(NeededTriggerView),
    setup: Type.Array(Wording, { description: 'What has to be set up or replaced before it runs' }),
  },
  { $id: 'WorkflowTemplate' },
)

function summaryOf({ id, title, description, graph, triggers }: Template) {
  const types = new Set(graph.nodes.flatMap(({ type, body }) => [type, ...typesIn(body)]))
  return {
    ...{ id, title, description },
    nodeTypes: [...types].sort(),
    triggerKinds: [...new Set(triggers.map(({ kind }) => kind))],
  }
}

function typesIn(body: Graph | undefined): string[] {
  return (body?.nodes ?? []).flatMap(({ type, body: inner }) => [type, ...typesIn(inner)])
}

export function viewRanked({ template, score }: Ranked): Static<typeof TemplateSummary> {
  return { ...summaryOf(template), score: Math.round(score * 100) / 100 }
}

export function viewTrigger(trigger: NeededTrigger): Static<typeof NeededTriggerView> {
  return { method: 'POST', ...trigger, body: { ...trigger.body } }
}

export function viewTemplate(template: Template): Static<typeof TemplateView> {
  const { graph, triggers, setup } = template
  return {
    ...summaryOf(template),
    graph,
    triggers: triggers.map(viewTrigger),
    setup: [...setup],
  }
}
