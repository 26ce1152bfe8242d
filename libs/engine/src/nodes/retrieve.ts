import { KnowledgeBaseId, knowledgeQueue, outgoing, SearchResult } from '@dure/contracts'
import { Type } from 'typebox'
import { renderText } from '../expressions/template.ts'
import { defineTaskNode, OUT, Template } from './define.ts'

export const retrieve = defineTaskNode({
  type: 'retrieve',
  title: 'Retrieve',
  description: 'Finds passages in knowledge bases; its data is { chunks, context, citations }',
  ports: [OUT],
  effect: () => 'read',
  defaultTimeoutMs: 30_000,
  output: SearchResult,
  config: Type.Object(
    {
      knowledgeBaseIds: Type.Array(KnowledgeBaseId, { minItems: 1, maxItems: 10 }),
      query: Template('what to look for', 4000),
      topK: Type.Integer({ minimum: 1, maximum: 50, default: 5 }),
      minScore: Type.Number({ minimum: 0, maximum: 1_000_000, default: 0 }),
    },
    { additionalProperties: false },
  ),
  message: ({ knowledgeBaseIds, query, topK, minScore }, scope, task) =>
    outgoing(knowledgeQueue, 'task.search', {
      task,
      input: { knowledgeBaseIds, query: renderText(query, scope), topK, minScore },
    }),
})
