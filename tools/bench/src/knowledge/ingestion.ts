import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { ROOT } from '@dure/dev'
import { startInfrastructure } from '../infrastructure.ts'
import { readCpu } from '../meters/cpu.ts'
import { type OneService, startOneService } from '../one-service.ts'
import { round } from '../statistics.ts'

/** Plain text through the whole service: from the request that brings it to the moment at which it is found. */
export interface IngestionRow {
  readonly name: 'ingestion'
  readonly megabytes: number
  readonly seconds: number
  readonly megabytesPerSecond: number
  /** Of the service: that of its database and of the client is not counted. */
  readonly megabytesPerCpuSecond: number
}

const DOCUMENTS = 40
const DOCUMENT_BYTES = 400_000
const WARM_UP = 8
const POLL_MS = 20
const PATIENCE_MS = 300_000

export async function measureIngestion(): Promise<IngestionRow> {
  const infrastructure = await startInfrastructure()
  try {
    const service = await startOneService(infrastructure, 'knowledge', { ROLE: 'all' })
    await ingest(service, textsOf(WARM_UP))
    const texts = textsOf(DOCUMENTS)
    const [before, beganAt] = [readCpu([service.pid]), performance.now()]
    await ingest(service, texts)
    const [after, endedAt] = [readCpu([service.pid]), performance.now()]
    await service.stop()
    const megabytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0) / 1e6
    const seconds = (endedAt - beganAt) / 1000
    const cpuSeconds = ((after?.measuredMicros ?? 0) - (before?.measuredMicros ?? 0)) / 1e6
    return {
      name: 'ingestion',
      megabytes: round(megabytes, 1),
      seconds: round(seconds, 2),
      megabytesPerSecond: round(megabytes / seconds, 2),
      megabytesPerCpuSecond: round(megabytes / cpuSeconds, 2),
    }
  } finally {
    await infrastructure.close()
  }
}

/** Our own Korean text as often as it fits, each time with another number, so that no two documents are the same. */
function textsOf(count: number): string[] {
  const text = readFileSync(join(ROOT, 'README.ko.md'), 'utf8')
  const times = Math.ceil(DOCUMENT_BYTES / Buffer.byteLength(text))
  return Array.from({ length: count }, (_, document) =>
    Array.from({ length: times }, (_, time) => `${count}-${document}-${time}\n\n${text}`).join(
      '\n\n',
    ),
  )
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
