import type { KnowledgeBaseId, Tenant } from '@dure/contracts'
import { ConflictError } from '@dure/kernel'
import { withTransaction } from '@dure/platform'
import type pg from 'pg'
import type { StatisticsChange } from './statistics.ts'

/** What an engine holds of one knowledge base has changed so. */
export interface Change {
  /** Versions of documents that are there now; 0: none is. */
  readonly documents: readonly (readonly [documentId: string, version: number])[]
  readonly statistics: StatisticsChange
}

export interface Entry {
  /** From 1, without gaps. */
  readonly sequence: number
  /** That the engine is of since then; null: in between. */
  readonly generation: bigint | null
  /** All that there is, and not what changed. */
  readonly isWhole: boolean
  readonly change: Change
}

/** One knowledge base in one engine. */
export interface JournalKey {
  readonly tenant: Tenant
  readonly base: KnowledgeBaseId
  readonly epoch: string
}

/**
 * What is in an engine: the versions that are live, and the statistics that scores are made of. A row of an engine that is
 * not of a live version is as if it were not there, so a batch of rows appears, and goes, with one entry.
 */
export interface Journal {
  /** Some of the entries after `sequence`, in their order. */
  read(key: JournalKey, sequence: number): Promise<Entry[]>
  /** @throws ConflictError `search.index-written-by-another` when somebody else has this place already */
  append(key: JournalKey, entry: Entry): Promise<void>
  /** Appends an entry that is whole, and forgets those before it. @throws ConflictError as `append` */
  fold(key: JournalKey, entry: Entry): Promise<void>
}

/** Entries in one answer. One is of a batch, or of a whole base: tens of megabytes for a million passages. */
const PAGE = 20

const READ = `
  SELECT sequence, generation, is_whole AS "isWhole", change FROM index_journal
   WHERE knowledge_base_id = $1 AND organization_id = $2 AND project_id = $3 AND engine = $4
     AND sequence > $5 ORDER BY sequence LIMIT ${PAGE}`

const APPEND = `
  INSERT INTO index_journal (knowledge_base_id, organization_id, project_id, engine, sequence, generation, is_whole, change)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING`

/** Those of another engine too, once nobody has written to it for a week. */
const FORGET = `
  DELETE FROM index_journal
   WHERE knowledge_base_id = $1 AND organization_id = $2 AND project_id = $3
     AND ((engine = $4 AND sequence < $5) OR (engine <> $4 AND written_at < now() - interval '7 days'))`

export function createJournal(pool: pg.Pool): Journal {
  return {
    async read(key, sequence) {
      const { rows } = await pool.query<Row>(READ, [...valuesOf(key), sequence])
      return rows.map(({ generation, change, ...entry }) => ({
        ...entry,
        generation: generation === null ? null : BigInt(generation),
        change: JSON.parse(change) as Change,
      }))
    },
    append: (key, entry) => append(pool, key, entry),
    fold: (key, entry) =>
      withTransaction(pool, async (client) => {
        await append(client, key, entry)
        await client.query(FORGET, [...valuesOf(key), entry.sequence])
      }),
  }
}

interface Row extends Omit<Entry, 'generation' | 'change'> {
  readonly generation: string | null
  readonly change: string
}

function valuesOf({ base, tenant, epoch }: JournalKey): string[] {
  return [base, tenant.organizationId, tenant.projectId, epoch]
}

async function append(
  client: Pick<pg.Pool, 'query'>,
  key: JournalKey,
  { sequence, generation, isWhole, change }: Entry,
): Promise<void> {
  const values = [sequence, generation?.toString() ?? null, isWhole, JSON.stringify(change)]
  const { rowCount } = await client.query(APPEND, [...valuesOf(key), ...values])
  if (rowCount === 1) return
  throw new ConflictError('search.index-written-by-another', 'Another process was faster')
}
