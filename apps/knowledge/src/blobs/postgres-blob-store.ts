import { copyBytes, withTransaction } from '@dure/platform'
import pg from 'pg'
import { type BlobFolder, type BlobStore, MOST_BLOBS } from './blob-store.ts'

/** Small enough for one statement, and for the memory of both sides. */
const PART_BYTES = 1024 * 1024
/** Parts that are read in one statement, each of which may take as long as any other. */
const PAGE = 16

const PUT = `
  INSERT INTO blob_part (folder, organization_id, project_id, name, part, bytes)
  VALUES ($1, $2, $3, $4, $5, $6)`

/** Known without reading the bytes. Nothing, unless all parts are there. */
const SIZE = `
  SELECT count(*)::int AS parts, sum(length(bytes))::int8 AS size FROM blob_part
   WHERE folder = $1 AND organization_id = $2 AND project_id = $3 AND name = $4
  HAVING count(*) = max(part) + 1`

const LIST = `
  SELECT name FROM blob_part
   WHERE folder = $1 AND organization_id = $2 AND project_id = $3 AND part = 0 LIMIT ${MOST_BLOBS}`

const REMOVE = `
  DELETE FROM blob_part
   WHERE folder = $1 AND organization_id = $2 AND project_id = $3 AND name = ANY($4)`

/** Blobs in parts of a mebibyte: there is nothing to set up, and all processes see the same. */
export function createPostgresBlobStore(pool: pg.Pool): BlobStore {
  return {
    put: (folder, name, pieces) =>
      withTransaction(pool, async (client) => {
        await client.query(REMOVE, [...keyOf(folder), [name]])
        let number = 0
        for (const part of partsOf(pieces)) {
          await client.query(PUT, [...keyOf(folder), name, number++, part])
        }
      }),

    get: (folder, name) =>
      // Of one moment, or a blob that is being replaced is half the old one.
      withTransaction(pool, (client) => read(client, folder, name), { snapshot: true }),

    async list(folder) {
      const { rows } = await pool.query<{ name: string }>(LIST, keyOf(folder))
      return rows.map(({ name }) => name)
    },

    async remove(folder, names) {
      await pool.query(REMOVE, [...keyOf(folder), names])
    },
  }
}

function keyOf({ folder, tenant }: BlobFolder): string[] {
  return [folder, tenant.organizationId, tenant.projectId]
}

/** The same bytes in pieces of the size of a part; one at least. Each is valid until the next. */
function* partsOf(pieces: readonly Uint8Array[]): Iterable<Buffer> {
  const part = Buffer.alloc(PART_BYTES)
  let filled = 0
  for (const piece of pieces) {
    for (let at = 0; at < piece.length; ) {
      const some = piece.subarray(at, at + PART_BYTES - filled)
      part.set(some, filled)
      filled += some.length
      at += some.length
      if (filled < PART_BYTES) continue
      yield part
      filled = 0
    }
  }
  yield part.subarray(0, filled)
}

async function read(
  client: pg.PoolClient,
  folder: BlobFolder,
  name: string,
): Promise<Uint8Array | undefined> {
  const key = [...keyOf(folder), name]
  const { rows } = await client.query<{ parts: number; size: string }>(SIZE, key)
  const [found] = rows
  if (!found) return undefined
  const { parts, size } = found
  const whole = new Uint8Array(Number(size))
  let at = 0
  for (let from = 0; from < parts; from += PAGE) {
    await copyBytes(client, partsFrom(key, from), (part) => {
      whole.set(part, at)
      at += part.length
    })
  }
  return whole
}

/** Statements of this kind take no parameters. */
function partsFrom(key: readonly string[], from: number): string {
  const [folder, organization, project, name] = key.map((text) => pg.escapeLiteral(text))
  return `
    SELECT bytes FROM blob_part
     WHERE folder = ${folder} AND organization_id = ${organization} AND project_id = ${project}
       AND name = ${name} AND part >= ${from} AND part < ${from + PAGE}
     ORDER BY part`
}
