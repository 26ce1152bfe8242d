import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Connection, Table } from '@lancedb/lancedb'
import type { Schema } from 'apache-arrow'
import type { Engine, Look } from '../external/engine.ts'
import { tidyTerms, tidyVectors } from './indexes.ts'
import {
  foundByTerms,
  foundByVector,
  type Lance,
  oneOf,
  termsQuery,
  termsRow,
  termsSchema,
  vectorRow,
  vectorsSchema,
  versionsWhere,
} from './rows.ts'

export interface LanceSettings {
  /** A folder, or `s3://bucket/path`, for which LanceDB takes the settings of AWS from the environment. */
  readonly uri: string
  /** From so many vectors of a base on, a graph finds the nearest ones; below, all are looked at. */
  readonly graphFrom?: number
}

const GRAPH_FROM = 100_000
/** What a graph finds by bytes is ordered by floats. */
const REFINE = 4
const EPOCH = 'epoch-'

/** A base has a table of its own for its terms, and one for its vectors of each length: nothing of another is in them. */
export async function createLanceEngine(
  lance: Lance,
  { uri, graphFrom = GRAPH_FROM }: LanceSettings,
): Promise<Engine> {
  // What another process has written is seen by the next search.
  const db = await lance.lancedb.connect(uri, { readConsistencyInterval: 0 })
  const { existing, ofBase, made, dropped, close } = createTables(db)
  const epoch = await epochOf(db, termsSchema(lance))

  async function put(name: string, schema: Schema, rows: readonly Row[]) {
    const table = await made(name, schema)
    const versions = new Map(rows.map(({ document, version }) => [document, version]))
    const there = table.query().where(versionsWhere(versions, '=')).select(['id'])
    const ids = new Set((await there.toArray()).map(({ id }) => id))
    const missing = rows.filter(({ id }) => !ids.has(id))
    if (missing.length > 0) await table.add([...missing])
  }

  return {
    epoch: async () => epoch,

    async add(base, rows) {
      await put(termsTable(base), termsSchema(lance), rows.map(termsRow))
      for (const [dimensions, some] of Map.groupBy(rows, ({ vector }) => vector?.length ?? 0)) {
        if (dimensions === 0) continue
        const schema = vectorsSchema(lance, dimensions)
        await put(vectorsTable(base, dimensions), schema, some.map(vectorRow))
      }
    },

    async remove(base, before) {
      if (before.size === 0) return
      for (const table of await ofBase(base)) await removeWhere(table, versionsWhere(before, '<'))
    },

    async rowsOf(base, versions) {
      const table = await existing(termsTable(base))
      const rows = await table?.query().where(versionsWhere(versions, '=')).toArray()
      return (rows ?? []).map(foundByTerms)
    },

    async byTerms(base, terms, look) {
      const table = await existing(termsTable(base))
      const query = table?.query().fullTextSearch(termsQuery(lance, terms))
      return query ? (await among(query, look).toArray()).map(foundByTerms) : []
    },

    async byVector(base, vector, look) {
      const table = await existing(vectorsTable(base, vector.length))
      const query = table?.query().nearestTo(vector).distanceType('cosine').refineFactor(REFINE)
      return query ? (await among(query, look).toArray()).map(foundByVector) : []
    },

    async vectorsOf(base, dimensions, ids) {
      const table = await existing(vectorsTable(base, dimensions))
      const rows = await table?.query().where(oneOf('id', ids)).toArray()
      return (rows ?? []).map(foundByVector)
    },

    forget: (base) => dropped(`${base}-`),

    // A table of its own: one that is being tidied up can take no rows.
    async tidy(base) {
      for (const name of await namesOf(db, `${base}-`)) {
        const table = await db.openTable(name)
        try {
          if (name === termsTable(base)) await tidyTerms(lance, table)
          else await tidyVectors(lance, table, graphFrom)
        } finally {
          table.close()
        }
      }
    },

    close,
  }
}

interface Row extends Record<string, unknown> {
  readonly id: string
  readonly document: string
  readonly version: number
}

const termsTable = (base: string) => `${base}-terms`
const vectorsTable = (base: string, dimensions: number) => `${base}-vectors-${dimensions}`

interface Filtered<Query> {
  where(condition: string): Query
  limit(count: number): Query
}

function among<Query extends Filtered<Query>>(query: Query, { limit, documentIds }: Look): Query {
  const limited = query.limit(limit)
  return documentIds ? limited.where(oneOf('document', documentIds)) : limited
}

/** A removal is a new state of the table, also when nothing was there. */
async function removeWhere(table: Table, condition: string): Promise<void> {
  if ((await table.countRows(condition)) > 0) await table.delete(condition)
}

/** Of two processes that come first at once, the same name wins for both. */
async function epochOf(db: Connection, schema: Schema): Promise<string> {
  const first = async () => (await namesOf(db, EPOCH)).toSorted()[0]
  const known = await first()
  if (known !== undefined) return known
  const made = `${EPOCH}${randomUUID()}`
  await db.createEmptyTable(made, schema)
  return (await first()) ?? made
}

function createTables(db: Connection) {
  const opened = new Map<string, Promise<Table>>()

  function remember(name: string, opening: Promise<Table>): Promise<Table> {
    opened.set(name, opening)
    opening.catch(() => opened.delete(name))
    return opening
  }

  async function existing(name: string): Promise<Table | undefined> {
    const known = opened.get(name)
    if (known) return known
    if (!(await namesOf(db, name)).includes(name)) return undefined
    return remember(name, db.openTable(name)).catch((error: unknown) => {
      if (isBeingMade(error)) return undefined
      throw error
    })
  }

  return {
    existing,
    made: async (name: string, schema: Schema) =>
      (await existing(name)) ?? remember(name, created(db, name, schema)),
    async ofBase(base: string) {
      const tables = await Promise.all((await namesOf(db, `${base}-`)).map(existing))
      return tables.filter((table) => table !== undefined)
    },
    async dropped(prefix: string) {
      for (const name of await namesOf(db, prefix)) {
        const table = await opened.get(name)
        opened.delete(name)
        table?.close()
        await db.dropTable(name)
      }
    },
    async close() {
      for (const table of opened.values()) (await table).close()
      db.close()
    },
  }
}

const MOST_LOOKS = 250
const BETWEEN_LOOKS_MS = 20

/**
 * Of several processes that make a table at once, one does, and the others wait for it. `existOk` would not: what comes second
 * may empty what the first has already written to.
 */
async function created(db: Connection, name: string, schema: Schema): Promise<Table> {
  try {
    return await db.createEmptyTable(name, schema, { mode: 'create' })
  } catch (failure) {
    for (let look = 1; ; look++) {
      try {
        return await db.openTable(name)
      } catch (error) {
        if (!isBeingMade(error)) throw error
        if (look === MOST_LOOKS) throw failure
        await sleep(BETWEEN_LOOKS_MS)
      }
    }
  }
}

/** Another process has made its folder, and has written nothing into it yet: there is nothing to find there. */
function isBeingMade(error: unknown): boolean {
  return error instanceof Error && error.message.includes('was not found')
}

const PAGE = 100

/** The names come in their order, from a given one on. */
async function namesOf(db: Connection, prefix: string): Promise<string[]> {
  const names: string[] = []
  for (let startAfter = prefix.slice(0, -1); ; startAfter = names.at(-1) ?? '') {
    const page = await db.tableNames({ startAfter, limit: PAGE })
    const some = page.filter((name) => name.startsWith(prefix))
    names.push(...some)
    const isOver = page.some((name) => name > prefix && !name.startsWith(prefix))
    if (page.length < PAGE || isOver) return names
  }
}
