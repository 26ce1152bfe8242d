import {
  callerOf,
  Filter,
  KnowledgeBaseId,
  OnBehalfOf,
  Problem,
  SearchResult,
  spenderOf,
} from '@dure/contracts'
import { identityOf } from '@dure/platform'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import type { SearchService } from './service.ts'

const SearchKnowledgeBase = Type.Object(
  {
    query: Type.String({ minLength: 1, maxLength: 4000, examples: ['환불을 받고 싶어요'] }),
    topK: Type.Integer({ minimum: 1, maximum: 50, default: 5 }),
    minScore: Type.Number({
      minimum: 0,
      default: 0,
      description:
        'Leaves out what is less good. In `vector` and `hybrid`, what has a smaller cosine with the question, whatever its `score` is; what has none stays, as it is not known. In `keyword`, what has a smaller score: the sum of the BM25 scores of the fields, which grows with the number and the rarity of the words that are shared, so it means something within one knowledge base alone. `explain` tells both of each hit. The knowledge base may have a higher one, which then counts.',
    }),
    explain: Type.Boolean({
      default: false,
      description: 'Fill `contributions` and `explanation` of each hit',
    }),
    mode: Type.Optional(
      Type.Enum(['keyword', 'vector', 'hybrid'], {
        description: 'Absent: `hybrid` where there are vectors, else `keyword`',
      }),
    ),
    fusion: Type.Optional(
      Type.Enum(['weighted', 'rrf'], {
        description:
          'How `hybrid` makes one list of two: by a weighted sum of scores, or by places alone. Absent: as the knowledge base says',
      }),
    ),
    vectorWeight: Type.Optional(
      Type.Number({
        minimum: 0,
        maximum: 1,
        description: 'What vectors count for in a weighted sum. Absent: as the knowledge base says',
      }),
    ),
    rerank: Type.Optional(
      Type.Boolean({
        description:
          'Whether a model reads what was found, and has the last word on its order. `score` is then its score; `minScore` and `contributions` are about the one before. Absent: as the knowledge base says, where a reranker is configured',
      }),
    ),
    filter: Type.Optional(Filter),
    onBehalfOf: Type.Optional({
      ...OnBehalfOf,
      description:
        'The person that an application searches for: documents that `user:<user>` or `group:<group>` may not see are left out, besides those that the key may not see. A key with the scope `knowledge:read-all` sees all, so then this alone decides',
    }),
  },
  { additionalProperties: false, $id: 'SearchKnowledgeBase' },
)

const params = Type.Object({ knowledgeBaseId: KnowledgeBaseId })
const tags = ['knowledge']
const SEARCH_TIMEOUT_MS = 30_000

export interface SearchRoutesOptions {
  readonly search: SearchService
}

export const searchRoutes: FastifyPluginAsyncTypebox<SearchRoutesOptions> = async (
  app,
  { search },
) => {
  app.post(
    '/knowledge-bases/:knowledgeBaseId/search',
    {
      config: { scope: 'knowledge:read' },
      schema: {
        operationId: 'searchKnowledgeBase',
        summary: 'Find the passages that answer a question',
        description:
          'Best first. A passage is found when it shares a word with the question, in its text or its headings; when no word of the question is known at all, when it shares half of the pairs of Korean syllables. An empty answer means that nothing does. Where there are vectors, the nearest passages are found as well; when the provider of embeddings is down or slow, or a budget is used up, the answer is by words alone and says `degraded`; `mode: vector` is refused with `budget.exceeded` then.',
        tags,
        params,
        body: SearchKnowledgeBase,
        response: { 200: SearchResult, '4xx': Problem },
      },
    },
    async (request) => {
      const { explain, ...asked } = request.body
      const identity = identityOf(request)
      const caller = callerOf(identity)
      const knowledgeBaseIds = [request.params.knowledgeBaseId]
      return search.search(
        identity.tenant,
        { knowledgeBaseIds, ...asked },
        { timeoutMs: SEARCH_TIMEOUT_MS, caller, spender: spenderOf(caller), explain },
      )
    },
  )
}
