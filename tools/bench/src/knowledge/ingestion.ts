import { setTimeout as sleep } from 'node:timers/promises'
import { startInfrastructure } from '../infrastructure.ts'
import { readCpu } from '../meters/cpu.ts'
import { type OneService, startOneService } from '../one-service.ts'
import { round as rounded } from '../statistics.ts'
import type { TextSource } from './text.ts'

/** Plain text through the whole service: from the request that brings it to the moment at which it is found. */
export interface IngestionRow {
  readonly name: 'ingestion'
  readonly texts: string
  readonly megabytes: number
  readonly seconds: number
  readonly megabytesPerSecond: number
  /** Of the service: that of its database and of the client is not counted. */
  readonly megabytesPerCpuSecond: number
}

const DOCUMENTS = 40
const DOCUMENT_BYTES = 400_000
const WARM_UP = 8
/** As for the analysis, the fastest counts. */
const ROUNDS = 3
// The service answers, too: more often would be a tenth of its work.
const POLL_MS = 200
const PATIENCE_MS = 300_000

export async function measureIngestion(source: TextSource): Promise<IngestionRow> {
  const infrastructure = await startInfrastructure()
  try {
    const service = await startOneService(infrastructure, 'knowledge', { ROLE: 'all' })
    await ingest(service, documentsOf(source, WARM_UP))
    const rounds: IngestionRow[] = []
    while (rounds.length < ROUNDS) rounds.push(await round(service, source))
    await service.stop()
    return rounds.reduce((best, one) =>
      one.megabytesPerCpuSecond > best.megabytesPerCpuSecond ? one : best,
    )
  } finally {
    await infrastructure.close()
  }
}

async function round(service: OneService, source: TextSource): Promise<IngestionRow> {
  const texts = documentsOf(source, DOCUMENTS)
  const [before, beganAt] = [readCpu([service.pid]), performance.now()]
  await ingest(service, texts)
  const [after, endedAt] = [readCpu([service.pid]), performance.now()]
  const megabytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0) / 1e6
  const seconds = (endedAt - beganAt) / 1000
  const cpuSeconds = ((after?.measuredMicros ?? 0) - (before?.measuredMicros ?? 0)) / 1e6
  return {
    name: 'ingestion',
    texts: source.name,
    megabytes: rounded(megabytes, 1),
    seconds: rounded(seconds, 2),
    megabytesPerSecond: rounded(megabytes / seconds, 2),
    megabytesPerCpuSecond: rounded(megabytes / cpuSeconds, 2),
  }
}

/** No two are the same, nor are two passages of them while the source has others. */
function documentsOf(source: TextSource, count: number): string[] {
  return Array.from({ length: count }, (_, document) => {
    const passages = [`${count}-${document}`]
    for (let bytes = 0; bytes < DOCUMENT_BYTES; ) {
      const passage = source.passage()
      passages.push(passage)
      bytes += Buffer.byteLength(passage)
    }
    return passages.join('\n\n')
  })
}

async function ingest(service: OneService, texts: readonly string[]): Promise<void> {
  const { id } = await post(service, '/v1/knowledge-bases', { name: 'bench' })
  const documents = `/v1/knowledge-bases/${id}/documents`
  await Promise.all(texts.map((text, at) => post(service, documents, { name: `${at}.txt`, text })))
  const giveUpAt = performance.now() + PATIENCE_MS
  for (;;) {
    const states = await statesIn(service, documents)
    if (states.every((state) => state === 'ready')) return
    if (states.includes('failed')) throw new Error('A document could not be ingested')
    if (performance.now() > giveUpAt) throw new Error(`Not ingested: ${states.join(', ')}`)
    await sleep(POLL_MS)
  }
}

async function statesIn({ client }: OneService, documents: string): Promise<string[]> {
  const { text } = await client.get(`${documents}?limit=100`)
  return (JSON.parse(text) as { data: { status: string }[] }).data.map(({ status }) => status)
}

async function post({ client }: OneService, path: string, body: object) {
  const { status, text } = await client.post(path, JSON.stringify(body))
  if (status >= 300) throw new Error(`${path}: ${status} ${text}`)
  return JSON.parse(text) as { id: string }
}
