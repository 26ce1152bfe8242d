import type { DocumentId, KnowledgeBaseId } from '@dure/contracts'
import { eventually, silentLog } from '@dure/platform/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createPassageAnalyzers } from '../analysis/passage-analyzer.ts'
import { createThreadPool } from '../analysis/threads/thread-pool.ts'
import { createParserPool } from '../parsing/process/parser-pool.ts'
import { hwp, hwpPages, hwpParagraph } from '../parsing/testing/hancom.ts'
import { docx, paragraph } from '../parsing/testing/office.ts'
import { type Print, pdf } from '../parsing/testing/pdf.ts'
import { imageObject, pixelsOfScan, SHOW } from '../parsing/testing/scan.ts'
import { setUpKnowledge } from '../testing.ts'
import type { Claim } from './claim.ts'
import { createDocumentReader } from './read-document.ts'
import { createIngestionService } from './service.ts'
import { createIngestionStore, type IngestionStore } from './store.ts'

const LIMITS = { size: 1, timeoutMs: 20_000, memoryMb: 256 }
const OUTLINE = {
  sections: [['제목']],
  blocks: [{ section: 0, kind: 'prose' as const, start: 0, end: 1, page: 7 }],
  metadata: {},
}
/** Teas of leaves; 두충 is on the second page. */
const LEAVES = [
  ...Array.from(
    { length: 60 },
    (_, at) => `${'가나다라마바사아자차'[at % 10]}${'강산들봄해달'[Math.floor(at / 10)]}`,
  ),
  '두충',
]

let knowledge: Awaited<ReturnType<typeof setUpKnowledge>>
let client: ReturnType<typeof knowledge.client>
let store: IngestionStore
let base: KnowledgeBaseId

beforeAll(async () => {
  knowledge = await setUpKnowledge()
  client = knowledge.client(await knowledge.start('api'))
  store = createIngestionStore(knowledge.pool)
  base = (await client.createBase()) as KnowledgeBaseId
})
afterAll(() => knowledge.tearDown())

const PUBLICATION = {
  ...{ passageCount: 1, versions: [], isLast: false, build: '', failure: undefined },
}

/** A file that somebody has begun to parse. */
async function claimed(name: string) {
  const file = new Blob([Buffer.from(docx(paragraph('글')))])
  const id = (await client.upload(base, file, name)).json().id as DocumentId
  return { id, claim: await claimOf(id) }
}

async function claimOf(documentId: DocumentId, knowledgeBaseId = base): Promise<Claim> {
  const { rows } = await knowledge.pool.query(
    'SELECT content_hash AS "contentHash" FROM document WHERE id = $1',
    [documentId],
  )
  const claim = await store.claim({
    tenant: knowledge.tenant,
    knowledgeBaseId,
    documentId,
    contentHash: rows[0].contentHash,
  })
  if (!claim) throw new Error('nothing to claim')
  return claim
}

describe('the ingestion of a file', () => {
  test('is handed back when the service stops, without counting the attempt', async () => {
    const { id, claim } = await claimed('stopped.docx')
    await store.release(claim)
    const threads = createThreadPool({ size: 1 })
    const parsers = createParserPool({ ...LIMITS, log: silentLog() })
    const ingestion = createIngestionService({
      store,
      analyzerOf: createPassageAnalyzers(threads, { of: async () => undefined }),
      read: createDocumentReader({ store, parsers }),
      embed: async () => ({ holds: true, build: '' }),
    })

    await expect(ingestion.ingest(claim, AbortSignal.abort())).rejects.toMatchObject({
      code: 'document.ingestion-interrupted',
    })

    expect(await claimOf(id)).toMatchObject({ attempt: 1, text: null })
  })

  test('goes on after a killed worker with the text that it had parsed', async () => {
    const { id, claim } = await claimed('parsed.docx')
    expect(claim.original).toBeInstanceOf(Uint8Array)
    expect(await store.keep(claim, { text: '봄', outline: OUTLINE })).toBe(true)
    await knowledge.ageDocuments()

    const worker = await knowledge.start('worker')
    const document = await client.settled(base, id)
    await knowledge.stop(worker)

    expect(document).toMatchObject({ status: 'ready', chunkCount: 1 })
    expect((await client.search(base, '봄')).chunks).toMatchObject([
      { page: 7, headings: ['제목'] },
    ])
  })

  test('of a long table in a PDF finds its rows with the names of their columns', async () => {
    const rows = [
      ['품목', '규격', '가격'],
      ...LEAVES.map((leaf) => [`${leaf} 잎차`, '100g', '9,000']),
    ]
    const pages = [rows.slice(0, 40), rows.slice(40)].map((page) =>
      page.flatMap((cells, row) =>
        cells.map((cell, column): Print => [50 + column * 150, 800 - row * 16, 10, cell]),
      ),
    )
    const { id } = (await client.upload(base, new Blob([pdf(pages)]), 'leaves.pdf')).json()

    const worker = await knowledge.start('worker')
    await client.settled(base, id)
    await knowledge.stop(worker)

    const [found] = (await client.search(base, '두충 잎차 가격')).chunks
    expect(found).toMatchObject({ documentId: id, page: 2 })
    expect(found.text).toMatch(
      /^\| 품목 \| 규격 \| 가격 \|\n(?:.*\n)*\| 두충 잎차 \| 100g \| 9,000 \|/,
    )
  })

  test('publishes what could be read, and the document says which pages were not', async () => {
    const { width, height, grey } = pixelsOfScan()
    const scanned = {
      objects: [imageObject(width, height, { bits: 8, data: grey })],
      content: SHOW,
    }
    const words: Print = [50, 700, 11, '매실은 유월에 따서 설탕에 절입니다.']
    const file = (page: Print) => new Blob([Buffer.from(pdf([[], [page]], scanned))])
    const { id } = (await client.upload(base, file(words), 'plums.pdf')).json()

    const worker = await knowledge.start('worker', { OCR_MAX_PAGES: '0' })
    const document = await client.settled(base, id)

    expect(document).toMatchObject({
      ...{ status: 'ready', chunkCount: 1 },
      warnings: [{ code: 'document.pages-not-read', pages: [1] }],
    })
    expect((await client.search(base, '매실 설탕')).chunks).toMatchObject([{ page: 2 }])

    await client.put(base, 'plums.pdf', '매실은 유월에 딴다.')
    expect(await client.settled(base, id)).not.toHaveProperty('warnings')
    await knowledge.stop(worker)
  })

  test('of Hancom Office is cited with the pages on which it was laid out', async () => {
    const content = hwp([
      ...hwpParagraph('머루는 가을에 딴다.', { tops: [0] }),
      ...hwpPages(),
      ...hwpParagraph('다래는 서리 전에 딴다.', { tops: [0], begins: 'page' }),
    ])
    const { id } = (
      await client.upload(base, new Blob([Buffer.from(content)]), 'fruits.hwp')
    ).json()

    const worker = await knowledge.start('worker')
    await client.settled(base, id)
    await knowledge.stop(worker)

    const [found] = (await client.search(base, '다래 서리')).chunks
    expect(found).toMatchObject({ documentId: id, page: 2 })
  })

  test('ends when the document is deleted meanwhile, and leaves nothing behind', async () => {
    const { id, claim } = await claimed('deleted.docx')
    expect(await store.touch(claim)).toBe(true)

    await client.call('DELETE', `/${base}/documents/${id}`)

    expect(await store.touch(claim)).toBe(false)
    expect(await store.keep(claim, { text: '글', outline: OUTLINE })).toBe(false)
  })

  test('ends when the knowledge base is deleted meanwhile, and leaves nothing behind', async () => {
    const other = (await client.createBase()) as KnowledgeBaseId
    const file = new Blob([Buffer.from(docx(paragraph('글')))])
    const { id } = (await client.upload(other, file, 'a.docx')).json()
    const claim = await claimOf(id, other)

    expect((await client.call('DELETE', `/${other}`)).statusCode).toBe(204)
    expect((await client.call('GET', `/${other}/documents/${id}`)).statusCode).toBe(404)
    const worker = await knowledge.start('worker')
    await eventually(async () => expect(await store.touch(claim)).toBe(false))
    await knowledge.stop(worker)

    expect(await store.keep(claim, { text: '글', outline: OUTLINE })).toBe(false)
    expect(await store.publish(claim, PUBLICATION)).toBe('lost')
    const { rows } = await knowledge.pool.query('SELECT FROM document WHERE id = $1', [id])
    expect(rows).toEqual([])
  })
})
