import { deflateSync } from 'node:zlib'
import { silentLog } from '@dure/platform/testing'
import { afterAll, describe, expect, test } from 'vitest'
import { hwp, hwpParagraph, hwpx, hwpxParagraph } from '../testing/hancom.ts'
import { docx, paragraph, pptx, shape, xlsx } from '../testing/office.ts'
import { pdf } from '../testing/pdf.ts'
import { scan, tiff } from '../testing/scan.ts'
import { createParserPool } from './parser-pool.ts'

const pool = createParserPool({ size: 2, timeoutMs: 20_000, memoryMb: 256, log: silentLog() })
afterAll(() => pool.close())

const NEVER = new AbortController().signal
const parse = (name: string, bytes: Uint8Array) =>
  pool.parse({ name, bytes }, NEVER).then(
    ({ text }) => text,
    ({ code }: { code: string }) => code,
  )
const inlineCell =
  '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>환불</t></is></c></row></sheetData>'

describe('in a process that may read nothing but its own code', () => {
  test.each([
    ['a.txt', Buffer.from('환불')],
    ['a.html', Buffer.from('<p>환불')],
    ['a.docx', docx(paragraph('환불'))],
    ['a.pptx', pptx([shape('환불')])],
    ['a.xlsx', xlsx([{ name: '표', xml: inlineCell }])],
    ['a.hwp', hwp(hwpParagraph('환불'))],
    ['a.hwpx', hwpx([hwpxParagraph('<hp:t>환불</hp:t>')])],
    ['a.pdf', pdf([[[50, 700, 11, '환불']]])],
    ['a.png', scan('upright.png')],
    ['a.tiff', tiff(1)],
  ])('%s is read', async (name, bytes) => {
    expect(await parse(name, bytes)).toContain('환불')
  })

  test('files are known by what they are, not by their names', async () => {
    expect(await parse('a.hwp', docx(paragraph('환불')))).toContain('환불')
    expect(await parse('a', pdf([[[50, 700, 11, '환불']]]))).toContain('환불')
  })
})

describe('a bomb', () => {
  const LOST = /^document\.(?:parsing-out-of-memory|parsing-timed-out|damaged|empty)$/
  const deep = (levels: number) => Buffer.from(`${'['.repeat(levels)}${']'.repeat(levels)}`)

  test.each([
    [
      'a PDF page that inflates to 300 MB',
      'a.pdf',
      () => {
        const inner = deflateSync(Buffer.alloc(300_000_000, ' '))
        return pdf([[]], { content: inner, filters: '[/FlateDecode /FlateDecode]' })
      },
    ],
    ['a PDF of arrays in arrays', 'a.pdf', () => pdf([[]], { content: deep(3_000_000) })],
    [
      'a page that is a million open elements',
      'a.html',
      () => Buffer.from('<a><b>'.repeat(500_000)),
    ],
  ])('loses its own process at the most: %s', async (_what, name, bytes) => {
    expect(await parse(name, bytes())).toMatch(name === 'a.html' ? /^document\.too-deep$/ : LOST)
    expect(await parse('after.txt', Buffer.from('still there'))).toBe('still there')
  })
})
