import { setTimeout as sleep } from 'node:timers/promises'
import { query, startInfrastructure, urlOfDatabase } from '../infrastructure.ts'
import { readCpu } from '../meters/cpu.ts'
import { type OneService, startOneService } from '../one-service.ts'
import { percentile, round } from '../statistics.ts'
import { addVectors, fillBase } from './stored-base.ts'

/**
 * How long somebody waits for the first search of a base that was written down, through the whole service: its snapshot in PostgreSQL
 * with its checksums, the rows of its documents, and the search.
 */
export interface OpenRow {
  readonly name: 'open'
  readonly chunks: number
  /** Of 384 dimensions. */
  readonly vectors: number
  readonly ms: number
  /** Of it, the processor time of the service, as if nobody else were there; that of its database is not counted. */
  readonly cpuMs: number
  /** A search after that. */
  readonly nextMs: number
  /** Of the snapshot. */
  readonly megabytes: number
}

const CHUNKS = 100_000
const SETTINGS = { ROLE: 'all', INDEX_MEMORY_MB: '1024' }
/** Searches after the first. */
const SEARCHES = 21
const POLL_MS = 500
/** To build the index of its rows, once. */
const PATIENCE_MS = 900_000

/** Without vectors, and with them. */
export async function measureOpen(chunks = CHUNKS): Promise<OpenRow[]> {
  const infrastructure = await startInfrastructure()
  const url = urlOfDatabase(infrastructure.adminUrl, 'dure_knowledge')
  const inService = async <Result>(work: (service: OneService) => Promise<Result>) => {
    const service = await startOneService(infrastructure, 'knowledge', SETTINGS)
    return work(service).finally(() => service.stop())
  }
  try {
    const base = await inService(async (service) => {
      const id = await createBase(service)
      console.error(`a base of ${chunks} chunks is filled`)
      const filled = { url, id, chunks, question: await fillBase({ url, id, chunks }) }
      await writtenDown(service, filled)
      return filled
    })
    const words = await inService(async (service) => {
      const row = await measureFirst(service, base)
      console.error('it gets its vectors')
      await addVectors(base)
      await writtenDown(service, base)
      return { ...row, vectors: 0 }
    })
    const both = await inService((service) => measureFirst(service, base))
    return [words, { ...both, vectors: chunks }]
  } finally {
    await infrastructure.close()
  }
}

interface Base {
  readonly url: string
  readonly id: string
  readonly chunks: number
  readonly question: string
}

async function measureFirst(service: OneService, base: Base): Promise<Omit<OpenRow, 'vectors'>> {
  // The dictionary is there after a search in another base.
  await search(service, { ...base, id: await createBase(service) })
  const before = readCpu([service.pid])
  const first = await search(service, base)
  const after = readCpu([service.pid])
  if (first.status !== 200 || first.found === 0) throw new Error('The base was not opened')
  const times: number[] = []
  for (let n = 0; n < SEARCHES; n++) times.push((await search(service, base)).ms)
  const [row] = await query<{ bytes: string }>(
    base.url,
    `SELECT sum(length(bytes)) AS bytes FROM blob_part WHERE folder = '${base.id}'`,
  )
  return {
    ...{ name: 'open', chunks: base.chunks, ms: round(first.ms) },
    cpuMs: round(((after?.measuredMicros ?? 0) - (before?.measuredMicros ?? 0)) / 1000),
    nextMs: round(percentile(times, 0.5), 1),
    megabytes: round(Number(row?.bytes) / 1e6),
  }
}

async function createBase({ client }: OneService): Promise<string> {
  const { status, text } = await client.post('/v1/knowledge-bases', '{"name":"bench"}')
  if (status >= 300) throw new Error(`No base: ${status} ${text}`)
  return (JSON.parse(text) as { id: string }).id
}

async function search({ client }: OneService, { id, question }: Base) {
  const before = performance.now()
  const body = JSON.stringify({ query: question, mode: 'keyword' })
  const { status, text } = await client.post(`/v1/knowledge-bases/${id}/search`, body)
  const ms = performance.now() - before
  const { chunks = [] }: { chunks?: readonly unknown[] } = JSON.parse(text)
  return { ms, status, found: chunks.length }
}

/** A search brings the index up to its rows, and then it is written down; a search that waits too long is asked again. */
async function writtenDown(service: OneService, base: Base): Promise<void> {
  const giveUpAt = performance.now() + PATIENCE_MS
  const before = await manifestOf(base)
  while ((await manifestOf(base)) === before) {
    if (performance.now() > giveUpAt) throw new Error('The index was not written down')
    await search(service, base)
    await sleep(POLL_MS)
  }
}

async function manifestOf({ url, id }: Base): Promise<string | undefined> {
  const [row] = await query<{ manifest: string | null }>(
    url,
    `SELECT manifest FROM index_snapshot WHERE knowledge_base_id = '${id}'`,
  )
  return row?.manifest ?? undefined
}
