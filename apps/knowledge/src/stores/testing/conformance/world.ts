import { randomUUID } from 'node:crypto'
import type { KnowledgeBaseId } from '@dure/contracts'
import { afterAll, beforeAll } from 'vitest'
import type { BringUp, ReadFacts } from '../../../search/bring-up-store.ts'
import { setUpKnowledge } from '../../../testing.ts'
import { createJournal, type Journal } from '../../external/journal.ts'
import type { RetrievalStore } from '../../retrieval-store.ts'
import { createAsker } from '../asker.ts'
import { createTruth, type Truth } from '../truth.ts'

export interface StoreParts {
  readonly bringUp: BringUp
  readonly readFacts: ReadFacts
  readonly journal: Journal
}

/** A database with bases, and processes that have the store. */
export function createWorld(open: (parts: StoreParts) => Promise<RetrievalStore>) {
  let knowledge: Awaited<ReturnType<typeof setUpKnowledge>>
  const stores: RetrievalStore[] = []

  beforeAll(async () => {
    knowledge = await setUpKnowledge()
  })
  afterAll(async () => {
    for (const store of stores) await store.close()
    await knowledge.tearDown()
  })

  async function process(truth: Truth): Promise<RetrievalStore> {
    const store = await open({ ...truth, journal: createJournal(knowledge.pool) })
    stores.push(store)
    return store
  }

  async function newBase(): Promise<KnowledgeBaseId> {
    const id = `kb_${randomUUID().replaceAll('-', '')}` as KnowledgeBaseId
    const { organizationId, projectId } = knowledge.tenant
    await knowledge.pool.query(
      `INSERT INTO knowledge_base (id, organization_id, project_id, name) VALUES ($1, $2, $3, 'B')`,
      [id, organizationId, projectId],
    )
    return id
  }

  async function setUp() {
    const truth = createTruth()
    const base = await newBase()
    const store = await process(truth)
    return { truth, base, store, asker: askerOf(truth, base, store) }
  }
  const askerOf = (truth: Truth, base: KnowledgeBaseId, store: RetrievalStore) =>
    createAsker(() => store.open(knowledge.tenant, base, truth.generation(base)))

  return { process, newBase, setUp, askerOf }
}

export type World = ReturnType<typeof createWorld>
