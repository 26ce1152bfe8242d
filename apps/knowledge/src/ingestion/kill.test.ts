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
const BOUNDARIES: readonly (Omit<Kill, 'documentId'> & { readonly paidTwice?: true })[] = [
  { statement: `SET status = 'ingesting'`, when: 'after' },
  { statement: 'SET text = $6, outline = $7', when: 'before' },
  { statement: 'SET text = $6, outline = $7', when: 'after' },
  { statement: 'AS count FROM chunk', when: 'after' },
  { statement: 'INSERT INTO chunk (', when: 'before' },
  { statement: 'INSERT INTO chunk (', when: 'after' },
  { statement: 'INSERT INTO chunk (', when: 'after', nth: 2 },
  { statement: 'INSERT INTO embedding (', when: 'before', paidTwice: true },
  { statement: 'INSERT INTO embedding (', when: 'after' },
  { statement: 'INSERT INTO chunk_vector', when: 'before' },
  { statement: 'INSERT INTO chunk_vector', when: 'after' },
  { statement: 'published_version = version', when: 'before' },
  { statement: 'published_version = version', when: 'after' },
  { statement: 'COMMIT', following: 'generation = generation + 1', when: 'before' },
  { statement: 'COMMIT', following: 'generation = generation + 1', when: 'after' },
]

const SECTIONS = 120

let model: ScriptedModel
let knowledge: Awaited<ReturnType<typeof setUpKnowledge>>
let client: ReturnType<typeof knowledge.client>
let base: string
const paid = new Map<string, number>()

beforeAll(async () => {
  model = await startScriptedModel()
  model.rewriteEmbeddings(({ input }) => {
    for (const text of input) paid.set(text, (paid.get(text) ?? 0) + 1)
    return undefined
  })
  knowledge = await setUpKnowledge({
    EMBEDDING_BASE_URL: model.baseUrl,
    EMBEDDING_MODEL: 'small',
    INGEST_CONCURRENCY: '1',
  })
  client = knowledge.client(await knowledge.start('api'))
  base = await client.createBase()
})
afterAll(async () => {
  await knowledge?.tearDown()
  await model?.close()
})

const sectionsOf = (name: string) =>
  Array.from(
    { length: SECTIONS },
    (_, at) => `${name} ${at}조. ${'환불은 7일 안에 합니다. '.repeat(40)}끝`,
  )

async function upload(name: string): Promise<string> {
  const body = sectionsOf(name).map((text, at) => paragraph(`제${at}조`, '1') + paragraph(text))
  const file = new Blob([Buffer.from(docx(body.join('')))])
  await knowledge.wipeRedis()
  const { id } = (await client.upload(base, file, `${name}.docx`)).json()
  // Else it could come while Redis is wiped, and half of it would be left.
  const messages = `${knowledge.prefix}:knowledge-ingestion:j_*`
  await eventually(async () => expect(await knowledge.queues.redis.keys(messages)).toHaveLength(1))
  return id
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
    const id = await upload(name)
    documents.push({ id, name, kill })
    await forgetTheDead()
    await killAt({ ...kill, documentId: id })

    const { status, publishedVersion } = await client.get(base, id)
    expect(publishedVersion === 0 || status === 'ready').toBe(true)
    const { chunks } = await client.search(base, `${name} 조`)
    const found = chunks.filter(({ documentId }: { documentId: string }) => documentId === id)
    expect(found.length === 0 || status === 'ready').toBe(true)
  }
  await forgetTheDead()
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
