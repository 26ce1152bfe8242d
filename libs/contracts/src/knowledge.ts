import { type Static, Type } from 'typebox'
import { message, queue } from './define.ts'
import { CallKey } from './execution-event.ts'
import { SentFilter } from './filter.ts'
import { Caller, Tenant } from './identity.ts'
import { DocumentId, EvaluationId, ExecutionId, KnowledgeBaseId } from './ids.ts'
import { Spender } from './spender.ts'
import { TaskRef } from './task.ts'

const Name = Type.String({ minLength: 1, maxLength: 190, pattern: '^[^\\p{Cc}\\p{Cs}]+$' })

const PERSON = {
  user: Type.Optional(Name),
  groups: Type.Optional(Type.Array(Name, { maxItems: 200 })),
}

/** For whom an application searches: what this person may not see, the answer does not have. It never has more. */
export const OnBehalfOf = Type.Object(
  PERSON,
  // Whoever writes `group` would be answered as if nobody had asked.
  { additionalProperties: false },
)
export type OnBehalfOf = Static<typeof OnBehalfOf>

/** What a `retrieve` node asks for, all expressions already evaluated. */
export const SearchRequest = Type.Object({
  knowledgeBaseIds: Type.Array(KnowledgeBaseId, { minItems: 1, maxItems: 10 }),
  query: Type.String({ minLength: 1, maxLength: 4000 }),
  topK: Type.Integer({ minimum: 1, maximum: 50 }),
  minScore: Type.Number({ minimum: 0 }),
  /** Absent: both, where there are vectors. */
  mode: Type.Optional(Type.Enum(['keyword', 'vector', 'hybrid'])),
  /** Absent: as the knowledge base says. */
  fusion: Type.Optional(Type.Enum(['weighted', 'rrf'])),
  /** What vectors count for, in a weighted sum; absent: as the knowledge base says. */
  vectorWeight: Type.Optional(Type.Number({ minimum: 0, maximum: 1 })),
  /** Absent: as the knowledge base says, where a reranker is configured. */
  rerank: Type.Optional(Type.Boolean()),
  /** Absent: for nobody but the caller. */
  onBehalfOf: Type.Optional(Type.Object(PERSON)),
  /** Absent: all documents that may be seen. */
  filter: Type.Optional(SentFilter),
})
export type SearchRequest = Static<typeof SearchRequest>

/** Where the words of a passage come from, so that who reads them knows whom to believe. */
export const PassageSource = Type.Object(
  {
    trust: Type.Enum(['project', 'external'], {
      description:
        'project: somebody who may write to the knowledge base has put it in; external: it was fetched from an address, whose owner may change it',
    }),
    url: Type.Optional(Type.String({ description: 'Where it was fetched from' })),
  },
  { $id: 'PassageSource' },
)
export type PassageSource = Static<typeof PassageSource>

/** A passage that was found, with all that is needed to quote it honestly. */
export const SearchHit = Type.Object(
  {
    chunkId: Type.String(),
    knowledgeBaseId: KnowledgeBaseId,
    documentId: DocumentId,
    documentName: Type.String(),
    /** Absent: of a build that does not tell. */
    source: Type.Optional(PassageSource),
    /** Of the document; absent: it has none. */
    metadata: Type.Optional(
      Type.Record(
        Type.String(),
        Type.Union([Type.String(), Type.Number(), Type.Boolean(), Type.Array(Type.String())]),
      ),
    ),
    /** Titles of the headings above it, outermost first. */
    headings: Type.Array(Type.String()),
    /** From 1, of the page, slide or sheet that it begins on; absent where a document has none. */
    page: Type.Optional(Type.Integer({ minimum: 1 })),
    text: Type.String(),
    /** Where the passage stands in the text of the document, in UTF-16 code units. */
    start: Type.Integer({ minimum: 0 }),
    end: Type.Integer({ minimum: 0 }),
    score: Type.Number(),
    contributions: Type.Record(Type.String(), Type.Number()),
    explanation: Type.Optional(
      Type.Object({
        keyword: Type.Optional(Type.Number({ description: 'BM25; absent: shares no word' })),
        vector: Type.Optional(Type.Number({ description: 'The cosine; absent: has no vector' })),
        rerank: Type.Optional(Type.Number({ description: 'What the reranker says' })),
        matched: Type.Array(Type.String(), { description: 'Words of the question that it has' }),
      }),
    ),
  },
  { $id: 'SearchHit' },
)
export type SearchHit = Static<typeof SearchHit>

/** What comes back, and is the `data` of the node. */
export const SearchResult = Type.Object(
  {
    chunks: Type.Array(SearchHit),
    /** The passages as one text, numbered `[1]`, `[2]`, …, ready for a prompt. */
    context: Type.String(),
    citations: Type.Array(
      Type.Object({
        number: Type.Integer({ minimum: 1 }),
        documentId: DocumentId,
        documentName: Type.String(),
        source: Type.Optional(PassageSource),
        headings: Type.Array(Type.String()),
        page: Type.Optional(Type.Integer({ minimum: 1 })),
        chunkId: Type.String(),
      }),
    ),
    degraded: Type.Optional(
      Type.Boolean({
        description:
          'Made without vectors or without the reranker, of which one has failed or cannot be paid, or by other rules than those of the terms',
      }),
    ),
    degradedReason: Type.Optional(
      Type.String({ description: 'Why, as an error code', examples: ['embedding.timeout'] }),
    ),
  },
  { $id: 'SearchResult' },
)
export type SearchResult = Static<typeof SearchResult>

/** What the tool `knowledge_search` of an agent asks for. */
export const AgentSearch = Type.Object({
  knowledgeBaseIds: Type.Array(KnowledgeBaseId, { minItems: 1, maxItems: 20 }),
  query: Type.String({ minLength: 1, maxLength: 4000 }),
  topK: Type.Integer({ minimum: 1, maximum: 50 }),
  minScore: Type.Number({ minimum: 0 }),
  /** Absent: both, where there are vectors. */
  mode: Type.Optional(Type.Enum(['keyword', 'vector', 'hybrid'])),
})
export type AgentSearch = Static<typeof AgentSearch>

export const knowledgeQueue = queue('knowledge', {
  'task.search': message(
    Type.Object({
      task: TaskRef,
      input: SearchRequest,
      /** Who has started the run; absent: nobody who is known. */
      caller: Type.Optional(Caller),
    }),
    ({ task }) => `${task.taskKey}#${task.attempt}`,
  ),
  /** Answered with `tool.answered`, as often as it comes. */
  'agent-tool.search': message(
    Type.Object({
      tenant: Tenant,
      executionId: ExecutionId,
      callKey: CallKey,
      input: AgentSearch,
      /** For whom the agent works; absent: nobody who is known. */
      caller: Type.Optional(Caller),
      /** Who pays, besides the project. Absent: nobody. */
      spender: Type.Optional(Spender),
      timeoutMs: Type.Integer({ minimum: 1 }),
    }),
    ({ callKey }) => callKey,
  ),
})

/** Apart from searches, so that a thousand uploads do not make one question wait. */
export const ingestionQueue = queue('knowledge-ingestion', {
  'document.ingest': message(
    Type.Object({
      tenant: Tenant,
      knowledgeBaseId: KnowledgeBaseId,
      documentId: DocumentId,
      /** Of the content: the same text is not ingested twice, a newer one replaces it. */
      contentHash: Type.String(),
    }),
    ({ documentId, contentHash }) => `${documentId}#${contentHash}`,
  ),
})

/** Apart from both: one evaluation searches many thousand times. */
export const evaluationQueue = queue('knowledge-evaluation', {
  'evaluation.run': message(
    Type.Object({
      tenant: Tenant,
      knowledgeBaseId: KnowledgeBaseId,
      evaluationId: EvaluationId,
    }),
    ({ evaluationId }) => evaluationId,
  ),
})
