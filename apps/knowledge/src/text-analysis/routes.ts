import { KnowledgeBaseId, Problem } from '@dure/contracts'
import { identityOf } from '@dure/platform'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import type { TextAnalysisService } from './service.ts'

const AnalyzeText = Type.Object(
  { text: Type.String({ maxLength: 10_000 }) },
  { additionalProperties: false, $id: 'AnalyzeText' },
)

const PLACE = {
  start: Type.Integer({ description: 'In the text, in UTF-16 code units' }),
  end: Type.Integer(),
}

const AnalyzedToken = Type.Object({
  term: Type.String({ description: 'What is indexed and searched' }),
  kind: Type.String(),
  ...PLACE,
})

const AnalyzedWord = Type.Object({
  surface: Type.String({ description: 'As it stands in the normalised text' }),
  ...PLACE,
  origin: Type.Enum(['dictionary', 'user', 'unknown', 'protected'], {
    description: 'Who knows it: the dictionary, your project, nobody; or it is not cut at all',
  }),
  tag: Type.String({
    description:
      'Of mecab-ko-dic, or `J` of any particle and `E` of any ending; several morphemes have several, with `+`',
  }),
  lemma: Type.String({ description: 'Its stem, where it is inflected' }),
  parts: Type.Array(Type.Object({ text: Type.String(), tag: Type.String() }), {
    description: 'Its morphemes, where it is several',
  }),
  terms: Type.Array(Type.String(), { description: 'What it is found by; none: it is left out' }),
})

const TextAnalysis = Type.Object(
  {
    analyzerVersion: Type.String({ description: 'Of the rules, and of the words of the project' }),
    normalised: Type.String({ description: 'The text in the one spelling that is searched' }),
    words: Type.Array(AnalyzedWord),
    tokens: Type.Array(AnalyzedToken),
    bigrams: Type.Array(Type.String()),
    respelling: Type.Union([Type.String(), Type.Null()], {
      description: 'As a question, it would be searched in this spelling, too',
    }),
  },
  { $id: 'TextAnalysis' },
)

const params = Type.Object({ knowledgeBaseId: KnowledgeBaseId })

/** Under `/v1`. */
export const textAnalysisRoutes: FastifyPluginAsyncTypebox<{
  readonly textAnalysis: TextAnalysisService
}> = async (app, { textAnalysis }) => {
  app.post(
    '/knowledge-bases/:knowledgeBaseId/analyze',
    {
      config: { scope: 'knowledge:read' },
      schema: {
        operationId: 'analyzeText',
        summary: 'Show what becomes of a text, and the terms that it is found by',
        tags: ['knowledge'],
        params,
        body: AnalyzeText,
        response: { 200: TextAnalysis, '4xx': Problem },
      },
    },
    async (request) => {
      const { knowledgeBaseId } = request.params
      const { tokens, words, bigrams, ...analysis } = await textAnalysis.analyze(
        identityOf(request).tenant,
        knowledgeBaseId,
        request.body.text,
      )
      return {
        ...analysis,
        words: words.map(({ parts, terms, ...word }) => ({
          ...word,
          parts: [...parts],
          terms: [...terms],
        })),
        tokens: [...tokens],
        bigrams: [...bigrams],
      }
    },
  )
}
