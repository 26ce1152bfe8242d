import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { eventually } from '@dure/platform/testing'
import { type ScriptedModel, startScriptedModel } from '@dure/scripted-model'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { docx, paragraph } from '../parsing/testing/office.ts'
import { setUpKnowledge } from '../testing.ts'
import type { Kill } from './testing/kill.ts'
import { startWorkerProcess } from './testing/worker-process.ts'

// Each boundary takes the start of a process.
vi.setConfig({ testTimeout: 600_000 })

/** Once is enough to see that each boundary holds; more rounds are for who has changed one of them. */
const ROUNDS = Number(process.env.INGESTION_KILL_ROUNDS ?? 1)

/** @see Kill; `paidTwice`: what the provider said was not stored, so it is asked again */
type Boundary = Omit<Kill, 'documentId'> & { readonly paidTwice?: true }
type Stage = 'fetch' | 'parse' | 'normalise' | 'chunk' | 'index' | 'embed' | 'publish'

const TAKEN = 'SET fetches = fetches + 1'
const FETCHED = 'content_hash = $5, size_bytes = $6'
const KEPT = 'SET text = $6, outline = $7'
const RISEN = 'generation = generation + 1'

/** What a stage has made is stored by a statement, or a transaction, in which it ends and the next one begins. */
const STAGES: Readonly<Record<Stage, readonly Boundary[]>> = {
  fetch: [
    { statement: 'COMMIT', following: TAKEN, when: 'before' },
    { statement: 'COMMIT', following: TAKEN, when: 'after' },
    { statement: FETCHED, when: 'before' },
    { statement: 'COMMIT', following: FETCHED, when: 'before' },
    { statement: 'COMMIT', following: FETCHED, when: 'after' },
  ],
  parse: [
    { statement: `SET status = 'ingesting'`, when: 'before' },
    { statement: `SET status = 'ingesting'`, when: 'after' },
  ],
  normalise: [
    { statement: KEPT, when: 'before' },
    { statement: KEPT, when: 'after' },
  ],
  chunk: [
    { statement: 'AS count FROM chunk', when: 'before' },
    { statement: 'AS count FROM chunk', when: 'after' },
  ],
  index: [
    { statement: 'INSERT INTO chunk (', when: 'before' },
    { statement: 'INSERT INTO chunk (', when: 'after' },
    { statement: 'INSERT INTO chunk (', when: 'after', nth: 2 },
  ],
  embed: [
    { statement: 'INSERT INTO embedding (', when: 'before', paidTwice: true },
    { statement: 'INSERT INTO embedding (', when: 'after' },
    { statement: 'INSERT INTO chunk_vector', when: 'before' },
    { statement: 'INSERT INTO chunk_vector', when: 'after' },
  ],
  publish: [
    { statement: 'published_version = version', when: 'before' },
    { statement: 'published_version = version', when: 'after' },
    { statement: 'COMMIT', following: RISEN, when: 'before' },
    { statement: 'COMMIT', following: RISEN, when: 'after' },
  ],
}
const BOUNDARIES = Object.entries(STAGES).flatMap(([stage, boundaries]) =>
  boundaries.map((boundary) => ({ stage, ...boundary })),
)

const SECTIONS = 120

let site: Server
let address: string
let model: ScriptedModel
let knowledge: Awaited<ReturnType<typeof setUpKnowledge>>
let client: ReturnType<typeof knowledge.client>
let base: string
const paid = new Map<string, number>()

beforeAll(async () => {
  site = createServer(({ url = '' }, response) =>
    response.end(fileOf(decodeURIComponent(url).slice(1))),
  ).listen(0, '127.0.0.1')
  await once(site, 'listening')
  address = `127.0.0.1:${(site.address() as AddressInfo).port}`
  model = await startScriptedModel()
  model.rewriteEmbeddings(({ input }) => {
    for (const text of input) paid.set(text, (paid.get(text) ?? 0) + 1)
    return undefined
  })
  knowledge = await setUpKnowledge({
    EMBEDDING_BASE_URL: model.baseUrl,
    EMBEDDING_MODEL: 'small',
    INGEST_CONCURRENCY: '1',
    EGRESS_ALLOW: address,
  })
  client = knowledge.client(await knowledge.start('api'))
  base = await client.createBase()
})
afterAll(async () => {
  await knowledge?.tearDown()
  await model?.close()
  site.close()
})

const sectionsOf = (name: string) =>
  Array.from(
    { length: SECTIONS },
    (_, at) => `${name} ${at}조. ${'환불은 7일 안에 합니다. '.repeat(40)}끝`,
  )

function fileOf(name: string): Buffer {
  const body = sectionsOf(name).map((text, at) => paragraph(`제${at}조`, '1') + paragraph(text))
  return Buffer.from(docx(body.join('')))
}

async function upload(name: string): Promise<string> {
  const file = new Blob([new Uint8Array(fileOf(name))])
  await knowledge.wipeRedis()
  const { id } = (await client.upload(base, file, `${name}.docx`)).json()
  // Else it could come while Redis is wiped, and half of it would be left.
  const messages = `${knowledge.prefix}:knowledge-ingestion:j_*`
  await eventually(async () => expect(await knowledge.queues.redis.keys(messages)).toHaveLength(1))
  return id
}

/** Whoever is killed while it fetches it need not have seen a claim of it. */
async function nameAddress(name: string): Promise<string> {
  const url = `http://${address}/${encodeURIComponent(name)}`
  const body = { url, name: `${name}.docx` }
  const { id } = (await client.call('POST', `/${base}/documents`, { body })).json()
  return id
}

/** Sources that somebody has died with are asked again then, and not while the next one is. */
async function sourcesAreDue(interval: string): Promise<void> {
  await knowledge.pool.query(
    'UPDATE document_source SET due_at = now() + $1::interval WHERE due_at IS NOT NULL',
    [interval],
  )
}

/** As if the time after which a silent worker is taken to be gone had passed, and its messages with it. */
async function forgetTheDead(): Promise<void> {
  await knowledge.wipeRedis()
  await knowledge.ageDocuments()
}

/** A process that refuses to start, as when its servers are slow to answer, is started again. */
async function killAt(kill: Kill): Promise<void> {
  for (let tries = 0; tries < 10; tries++) {
    const worker = startWorkerProcess(knowledge.environment('worker'), kill)
    if ((await worker.ended()) === 'SIGKILL') return
  }
  throw new Error(`It was never killed: ${JSON.stringify(kill)}`)
}

async function passagesOf(documentId: string): Promise<string[]> {
  const { rows } = await knowledge.pool.query<{ text: string }>(
    `SELECT text FROM chunk JOIN chunk_vector ON chunk_id = chunk.id WHERE document_id = $1 ORDER BY ordinal`,
    [documentId],
  )
  // The last one has the footnotes of the file, too.
  return rows.map(({ text }) => text.split('\n')[0] ?? '')
}

test('a worker that is killed at any boundary of any stage leaves nothing half done, and nothing is paid twice', async () => {
  const boundaries = Array.from({ length: ROUNDS }, () => BOUNDARIES).flat()
  const documents: { id: string; name: string; kill: (typeof boundaries)[number] }[] = []
  for (const [at, kill] of boundaries.entries()) {
    const name = `문서${at}`
    const isFetched = kill.stage === 'fetch'
    const id = await (isFetched ? nameAddress(name) : upload(name))
    documents.push({ id, name, kill })
    await forgetTheDead()
    await killAt({ ...kill, documentId: isFetched ? '' : id })
    await sourcesAreDue('1 day')

    const { status, publishedVersion } = await client.get(base, id)
    expect(publishedVersion === 0 || status === 'ready').toBe(true)
    const { chunks } = await client.search(base, `${name} 조`)
    const found = chunks.filter(({ documentId }: { documentId: string }) => documentId === id)
    expect(found.length === 0 || status === 'ready').toBe(true)
  }
  await forgetTheDead()
  await sourcesAreDue('0')
  const last = startWorkerProcess(knowledge.environment('worker'))
  for (const { id, name, kill } of documents) {
    const document = await client.settled(base, id, { timeoutMs: 120_000 })
    const what = JSON.stringify(kill)
    expect(document, what).toMatchObject({
      status: 'ready',
      version: 1,
      publishedVersion: 1,
      chunkCount: SECTIONS,
      vectorCount: SECTIONS,
    })
    expect(await passagesOf(id), what).toEqual(sectionsOf(name))
    const bills = new Set(
      [...paid].filter(([text]) => text.includes(`${name} `)).map(([, times]) => times),
    )
    expect(Math.max(...bills), what).toBe(kill.paidTwice ? 2 : 1)
  }
  await last.stop()
})
