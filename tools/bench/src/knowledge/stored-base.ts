import { bytesOf, clustered, quantise } from '@dure/retrieval'
import pg from 'pg'
import { TENANT } from '../identity.ts'
import { termCorpus } from './corpus.ts'

interface StoredBase {
  /** Of the database of the service. */
  readonly url: string
  readonly id: string
  readonly chunks: number
}

const SEED = 3
const PER_DOCUMENT = 20
/** Documents in one statement. */
const PER_BATCH = 50
const DIMENSIONS = 384
/** Vectors that are there, again and again. */
const SAMPLE = 5000

const DOCUMENTS = `
  INSERT INTO document (id, knowledge_base_id, organization_id, project_id, name, media_type, content_hash, size_bytes, text,
                        status, published_version, chunk_count)
  SELECT id, $2, $3, $4, id, 'text/plain', id, 1, '', 'ready', 1, ${PER_DOCUMENT}
    FROM json_to_recordset($1) AS given (id text)`

const CHUNKS = `
  INSERT INTO chunk (id, document_id, knowledge_base_id, organization_id, project_id, version, ordinal, headings, text, start_offset,
                     end_offset, morphemes, bigrams, heading_morphemes, analyzer_version)
  SELECT id, document, $2, $3, $4, 1, ordinal, '{}', array_to_string(morphemes, ' '), 0, 1, morphemes, bigrams, morphemes[1:3],
         'made-up'
    FROM json_to_recordset($1) AS given (id text, document text, ordinal int, morphemes text[], bigrams text[])`

const VECTORS = `
  INSERT INTO chunk_vector (chunk_id, organization_id, project_id, build, vector)
  SELECT id, $3, $4, $2, decode(($5::text[])[1 + row_number % $6::int], 'base64')
    FROM (SELECT id, row_number() OVER (ORDER BY id) FROM chunk WHERE knowledge_base_id = $1) AS own`

const RISEN =
  'UPDATE knowledge_base SET generation = generation + 1, vector_build = $2 WHERE id = $1'

/**
 * Fills a base with documents of made-up passages as their ingestion leaves them, which would take many minutes.
 *
 * @returns a question that its passages answer
 */
export async function fillBase({ url, id, chunks }: StoredBase): Promise<string> {
  await using client = await connected(url)
  const corpus = termCorpus(SEED)
  const { organizationId, projectId } = TENANT
  let question = ''
  for (let from = 0; from < chunks; from += PER_BATCH * PER_DOCUMENT) {
    const count = Math.min(PER_BATCH * PER_DOCUMENT, chunks - from)
    const rows = Array.from({ length: count }, (_, at) => {
      const number = from + at
      const document = `${id}-${Math.floor(number / PER_DOCUMENT)}`
      const passage = corpus.passage()
      return { id: `${id}-c${number}`, document, ordinal: number % PER_DOCUMENT, ...passage }
    })
    const documents = [...new Set(rows.map(({ document }) => document))].map((one) => ({ id: one }))
    for (const [sql, given] of [
      [DOCUMENTS, documents],
      [CHUNKS, rows],
    ] as const) {
      await client.query(sql, [JSON.stringify(given), id, organizationId, projectId])
    }
    question = rows.at(-1)?.morphemes.slice(0, 5).join(' ') ?? ''
  }
  await client.query(RISEN, [id, ''])
  await client.query('ANALYZE')
  return question
}

/** Gives each of its passages a vector. */
export async function addVectors({ url, id }: Pick<StoredBase, 'url' | 'id'>): Promise<void> {
  await using client = await connected(url)
  const [build, vectors] = ['bench', encodedVectors()]
  const { organizationId, projectId } = TENANT
  await client.query(VECTORS, [id, build, organizationId, projectId, vectors, vectors.length])
  await client.query(RISEN, [id, build])
}

async function connected(url: string) {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  return Object.assign(client, { [Symbol.asyncDispose]: () => client.end() })
}

function encodedVectors(): string[] {
  const { vectors } = clustered({ count: SAMPLE, queryCount: 1, dimensions: DIMENSIONS, seed: 1 })
  return vectors.flatMap((vector) => {
    const quantised = quantise(vector)
    return quantised ? [Buffer.from(bytesOf(quantised)).toString('base64')] : []
  })
}
