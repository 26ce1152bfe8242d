import { DocumentId, KnowledgeBaseId, Page } from '@dure/contracts'
import { type Static, Type } from 'typebox'
import type { DocumentSource } from '../sources/source.ts'
import { type Document, type LackingVectors, STATUSES } from './document.ts'
import { MetadataBody } from './metadata.ts'
import { Progress } from './progress.ts'

export const DocumentView = Type.Object(
  {
    id: DocumentId,
    knowledgeBaseId: KnowledgeBaseId,
    name: Type.String(),
    mediaType: Type.String({ description: 'What it was said to be when it was sent' }),
    sizeBytes: Type.Integer(),
    status: Type.Enum(STATUSES),
    progress: Type.Optional(Progress),
    error: Type.Optional(
      Type.Object(
        { code: Type.String(), message: Type.String() },
        { description: 'Why it failed' },
      ),
    ),
    warnings: Type.Optional(
      Type.Array(
        Type.Object({
          code: Type.String({ examples: ['document.pages-not-read'] }),
          message: Type.String({ examples: ['2 scanned pages were not read'] }),
          pages: Type.Array(Type.Integer(), {
            description: 'From 1; the first hundred of them, when there are more',
          }),
        }),
        { description: 'What is missing in the published version; absent: nothing' },
      ),
    ),
    version: Type.Integer({ description: 'Of the content, from 1' }),
    publishedVersion: Type.Integer({
      description: 'The version that searches find; 0 before the first is ready',
    }),
    access: Type.Array(Type.String(), {
      description: 'Who may see it: `everybody`, or whoever is one of these',
    }),
    metadata: { ...MetadataBody, description: 'What filters of searches may ask for' },
    chunkCount: Type.Integer({ description: 'Passages of the published version' }),
    vectorCount: Type.Integer({ description: 'Those of them that are found by vectors, too' }),
    embeddingError: Type.Optional(
      Type.Object(
        {
          code: Type.String(),
          message: Type.String(),
          attempts: Type.Optional(
            Type.Integer({ description: 'How often they were asked for again since' }),
          ),
          nextAt: Type.Optional(
            Type.String({
              format: 'date-time',
              description:
                'When they are asked for again by themselves; absent: when the operator has changed the settings of the provider, or at `POST …/reprocess`',
            }),
          ),
        },
        { description: 'Why the others are found by words alone' },
      ),
    ),
    source: Type.Optional(
      Type.Object(
        {
          url: Type.String(),
          resync: Type.Optional(Type.Object({ everyS: Type.Integer() })),
          checkedAt: Type.Optional(
            Type.String({
              format: 'date-time',
              description: 'When it last gave the content, or said that it is still the same',
            }),
          ),
          nextAt: Type.Optional(Type.String({ format: 'date-time' })),
          error: Type.Optional(
            Type.Object(
              { code: Type.String(), message: Type.String() },
              {
                description:
                  'Why it could not be fetched the last time; what was found before stays',
              },
            ),
          ),
        },
        { description: 'Where it is fetched from; absent: it was sent itself' },
      ),
    ),
    createdAt: Type.String({ format: 'date-time' }),
    updatedAt: Type.String({ format: 'date-time' }),
  },
  { $id: 'Document' },
)

export const DocumentPage = Page(DocumentView, 'DocumentPage')

export function view(given: Document): Static<typeof DocumentView> {
  const {
    createdAt,
    updatedAt,
    error,
    embeddingError,
    source,
    progress,
    access,
    warnings,
    ...document
  } = given
  return {
    ...document,
    access: [...access],
    ...(warnings.length > 0 && {
      warnings: warnings.map(({ pages, ...warning }) => ({ ...warning, pages: [...pages] })),
    }),
    ...(progress && { progress }),
    ...(error && { error }),
    ...(embeddingError && { embeddingError: lackingView(embeddingError) }),
    ...(source && { source: sourceView(source) }),
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  }
}

function lackingView({ nextAt, ...lacking }: LackingVectors) {
  return { ...lacking, ...(nextAt && { nextAt: nextAt.toISOString() }) }
}

function sourceView({ everyS, checkedAt, nextAt, ...source }: DocumentSource) {
  return {
    url: source.url,
    ...(everyS !== undefined && { resync: { everyS } }),
    ...(checkedAt && { checkedAt: checkedAt.toISOString() }),
    ...(nextAt && { nextAt: nextAt.toISOString() }),
    ...(source.error && { error: source.error }),
  }
}
