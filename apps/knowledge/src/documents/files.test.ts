import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hwp, hwpParagraph, hwpTable, hwpx, hwpxParagraph } from '../parsing/testing/hancom.ts'
import { docx, paragraph, pptx, shape, xlsx, zip } from '../parsing/testing/office.ts'
import { pdf } from '../parsing/testing/pdf.ts'
import { scan } from '../parsing/testing/scan.ts'
import { setUpKnowledge } from '../testing.ts'

let knowledge: Awaited<ReturnType<typeof setUpKnowledge>>
let client: ReturnType<typeof knowledge.client>
let base: string

beforeAll(async () => {
  knowledge = await setUpKnowledge()
  client = knowledge.client(await knowledge.start('all'))
  base = await client.createBase()
})
afterAll(() => knowledge.tearDown())

async function upload(name: string, bytes: Uint8Array, type = '') {
  const response = await client.upload(base, new Blob([Buffer.from(bytes)], { type }), name)
  expect(response.statusCode, response.body).toBe(202)
  return client.settled(base, response.json().id)
}

const row = (number: number, ...texts: string[]) =>
  `<row r="${number}">${texts.map((text) => `<c t="inlineStr"><is><t>${text}</t></is></c>`).join('')}</row>`

describe('a file that is uploaded', () => {
  test.each([
    [
      'a.pdf',
      '펭귄',
      () => pdf([[[50, 700, 11, '첫 쪽입니다.']], [[50, 700, 11, '펭귄은 남극에 산다.']]]),
      2,
    ],
    [
      'a.docx',
      '돌고래',
      () => docx(`${paragraph('바다', '1')}${paragraph('돌고래는 바다에 산다.')}`),
      undefined,
    ],
    ['a.pptx', '기린', () => pptx([shape('하나'), shape('기린은 초원에 산다.')]), 2],
    [
      'a.xlsx',
      '낙타',
      () =>
        xlsx([
          {
            name: '사막',
            xml: `<sheetData>${row(1, '이름', '사는 곳')}${row(2, '낙타', '사막')}</sheetData>`,
          },
        ]),
      1,
    ],
    [
      'a.hwp',
      '호랑이',
      () => hwp([...hwpParagraph('산', { shape: 1 }), ...hwpParagraph('호랑이는 산에 산다.')]),
      undefined,
    ],
    [
      'a.hwpx',
      '두루미',
      () => hwpx([hwpxParagraph('<hp:t>두루미는 논에 산다.</hp:t>')]),
      undefined,
    ],
    ['a.html', '고양이', () => Buffer.from('<h1>집</h1><p>고양이는 집에 산다.</p>'), undefined],
    ['a.csv', '코끼리', () => Buffer.from('이름,사는 곳\n코끼리,초원'), undefined],
    ['a.json', '사슴', () => Buffer.from('{"숲":{"이름":"사슴"}}'), undefined],
    ['euc-kr.txt', '환불', () => Buffer.from('c8afbad2', 'hex'), undefined],
    ['a.png', '일주일', () => scan('upright.png'), undefined],
  ])('%s is parsed, and %s is found and cited', async (name, word, bytes, page) => {
    expect(await upload(name, bytes())).toMatchObject({
      status: 'ready',
      chunkCount: expect.any(Number),
    })

    const { chunks, citations } = await client.search(base, word)

    const hit = chunks.find(({ documentName }: { documentName: string }) => documentName === name)
    expect(hit.text).toContain(word)
    expect(hit.page).toBe(page)
    const citation = citations.find((other: { chunkId: string }) => other.chunkId === hit.chunkId)
    expect(citation).toMatchObject({
      documentName: name,
      headings: hit.headings,
      ...(page && { page }),
    })
  })

  test('has its headings, and its tables whole', async () => {
    const cells = [
      ['결제', '기간'],
      ['법인카드', '열흘'],
    ].flatMap((texts, line) => texts.map((text, column) => ({ at: [column, line] as const, text })))
    await upload(
      '규정.hwp',
      hwp([...hwpParagraph('환불 규정', { shape: 1 }), ...hwpParagraph('표'), ...hwpTable(cells)]),
    )

    const { chunks, context } = await client.search(base, '법인카드')

    expect(chunks[0]).toMatchObject({
      headings: ['환불 규정'],
      text: '표\n\n| 결제 | 기간 |\n| --- | --- |\n| 법인카드 | 열흘 |',
    })
    expect(context).toContain('[1] 규정.hwp > 환불 규정\n')
  })

  test('is parsed once, and replaced when another one comes under its name', async () => {
    const first = await upload('version.docx', docx(paragraph('오래된 글')))
    const same = await upload('version.docx', docx(paragraph('오래된 글')))
    const second = await upload('version.docx', docx(paragraph('새로운 글')))

    expect(same).toEqual(first)
    expect(second).toMatchObject({ id: first.id, version: 2, publishedVersion: 2 })
  })

  test.each([
    ['document.damaged', 'cut.docx', docx(paragraph('글')).subarray(0, 500)],
    ['document.unsupported-format', 'archive.docx', zip({ 'a.txt': 'x' })],
    ['document.wrong-extension', 'page.pdf', Buffer.from('<html>404</html>')],
    ['document.encrypted', 'locked.hwp', hwp(hwpParagraph('글'), { properties: 3 })],
    ['document.inflates-too-much', 'bomb.hwp', hwp([], { section: new Uint8Array(30_000_000) })],
    ['document.unknown-encoding', 'mixed.txt', Buffer.from('e382a220c8afbad2ff', 'hex')],
    ['document.damaged', 'data.json', Buffer.from('{')],
  ])(
    'that is no document has failed with %s, and the service goes on',
    async (code, name, bytes) => {
      const document = await upload(name, bytes)

      expect(document).toMatchObject({ status: 'failed', error: { code }, publishedVersion: 0 })
      expect(document.error.message).toMatch(/\S{3}/)
    },
  )

  test('keeps what was there when the new version is no document', async () => {
    const first = await upload('kept.docx', docx(paragraph('남아 있는 알파카')))
    const second = await upload('kept.docx', docx(paragraph('글')).subarray(0, 500))

    expect(second).toMatchObject({
      id: first.id,
      status: 'failed',
      version: 2,
      publishedVersion: 1,
    })
    expect((await client.search(base, '알파카')).chunks).toHaveLength(1)
  })

  test('is gone with all that was made of it when it is deleted', async () => {
    const { id } = await upload('gone.docx', docx(paragraph('사라질 글')))

    expect((await client.call('DELETE', `/${base}/documents/${id}`)).statusCode).toBe(204)

    const { rows } = await knowledge.pool.query(
      'SELECT (SELECT count(*) FROM document WHERE id = $1) + (SELECT count(*) FROM chunk WHERE document_id = $1) AS left',
      [id],
    )
    expect(Number(rows[0].left)).toBe(0)
  })
})
