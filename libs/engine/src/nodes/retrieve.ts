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
      mode: Type.Optional(
        Type.Enum(['keyword', 'vector', 'hybrid'], {
          description: 'Absent: `hybrid` where there are vectors, else `keyword`',
        }),
      ),
      fusion: Type.Optional(
        Type.Enum(['weighted', 'rrf'], {
          description: 'How `hybrid` makes one list of two. Absent: as the knowledge base says',
        }),
      ),
      vectorWeight: Type.Optional(
        Type.Number({
          minimum: 0,
          maximum: 1,
          description: 'What vectors count for. Absent: as the knowledge base says',
        }),
      ),
      rerank: Type.Optional(
        Type.Boolean({
          description: 'Whether a reranker has the last word. Absent: as the knowledge base says',
        }),
      ),
    },
    { additionalProperties: false },
  ),
  message: ({ query, ...config }, scope, task) =>
    outgoing(knowledgeQueue, 'task.search', {
      task,
      input: { ...config, query: renderText(query, scope) },
    }),
})
