import { createEventStreams, type Egress, type Service } from '@dure/platform'
import type pg from 'pg'
import { chunkRoutes } from './documents/chunks-routes.ts'
import { createChunkReader } from './documents/chunks-store.ts'
import { createRoutes } from './documents/create-routes.ts'
import { documentEventRoutes } from './documents/events-routes.ts'
import { createStateReader } from './documents/progress-store.ts'
import { documentRoutes } from './documents/routes.ts'
import type { DocumentService } from './documents/service.ts'
import { evaluationRoutes } from './evaluations/routes.ts'
import type { EvaluationService } from './evaluations/service.ts'
import { knowledgeBaseRoutes } from './knowledge-bases/routes.ts'
import type { KnowledgeBaseService } from './knowledge-bases/service.ts'
import { reanalysisRoutes } from './reanalysis/routes.ts'
import type { ReanalysisService } from './reanalysis/service.ts'
import { reindexingRoutes } from './reindexing/routes.ts'
import type { ReindexingService } from './reindexing/service.ts'
import { searchRoutes } from './search/routes.ts'
import type { SearchService } from './search/service.ts'
import { textAnalysisRoutes } from './text-analysis/routes.ts'
import type { TextAnalysisService } from './text-analysis/service.ts'
import { dictionaryEntryRoutes } from './user-dictionaries/routes.ts'
import type { DictionaryEntryService } from './user-dictionaries/service.ts'

export interface RoutedParts {
  readonly bases: KnowledgeBaseService
  readonly documents: DocumentService
  readonly egress: Egress
  readonly entries: DictionaryEntryService
  readonly evaluations: EvaluationService
  readonly maxDocumentBytes: number
  readonly pool: pg.Pool
  readonly reanalysis: ReanalysisService
  readonly reindexing: ReindexingService
  readonly search: SearchService
  readonly textAnalysis: TextAnalysisService
}

export function addRoutes(app: Service, parts: RoutedParts): void {
  const { bases, documents, evaluations, search, textAnalysis, egress, entries, pool } = parts
  const { reanalysis, reindexing, maxDocumentBytes } = parts
  app.register(dictionaryEntryRoutes, { prefix: '/v1', entries })
  app.register(knowledgeBaseRoutes, { prefix: '/v1', bases })
  app.register(documentRoutes, { prefix: '/v1', documents })
  app.register(createRoutes, { prefix: '/v1', documents, egress, maxDocumentBytes })
  app.register(chunkRoutes, { prefix: '/v1', readChunks: createChunkReader(pool) })
  app.register(documentEventRoutes, {
    prefix: '/v1',
    streams: createEventStreams(app),
    readState: createStateReader(pool),
  })
  app.register(evaluationRoutes, { prefix: '/v1', evaluations })
  app.register(reindexingRoutes, { prefix: '/v1', reindexing })
  app.register(reanalysisRoutes, { prefix: '/v1', reanalysis })
  app.register(searchRoutes, { prefix: '/v1', search })
  app.register(textAnalysisRoutes, { prefix: '/v1', textAnalysis })
}
