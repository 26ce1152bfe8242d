import { deflateRawSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import type { ParseLimits } from '../parsed.ts'
import { docx, paragraph, zip } from '../testing/office.ts'
import { parse } from '../testing/parse.ts'

const failure = (content: Uint8Array, limits: Partial<ParseLimits> = {}, name = 'a.docx') =>
  parse(name, content, limits).then(
    () => 'no failure',
    ({ code }: { code: string }) => code,
  )

const BODY = paragraph('환불')
const WORD = 'word/document.xml'
const part = (xml: string) => docx(BODY, { [WORD]: xml })

describe('an archive that is a bomb', () => {
  test('is stopped while it inflates, when it is many times its own size', async () => {
    const spaces = `<w:document><w:body>${BODY}${' '.repeat(40_000_000)}</w:body></w:document>`

    expect(await failure(part(spaces))).toBe('document.inflates-too-much')
  })

  test('is stopped at the total of all its parts', async () => {
    const limits = { maxInflatedBytes: 2000, maxInflationRatio: 1_000_000 }
    const long = paragraph('글'.repeat(300))

    expect(await failure(docx(long), { ...limits, maxInflatedBytes: 20_000 })).toBe('no failure')
    expect(await failure(docx(long), limits)).toBe('document.inflates-too-much')
  })

  test('is refused when it has too many parts, and not opened when it holds others', async () => {
    const many = Object.fromEntries(Array.from({ length: 1001 }, (_, index) => [`${index}`, '']))

    expect(await failure(docx(BODY, many))).toBe('document.too-many-parts')
    expect(await failure(zip({ 'inner.zip': zip({ 'a.txt': 'x' }) }))).toBe(
      'document.unsupported-format',
    )
  })

  test('is refused when a part is larger than it says', async () => {
    const honest = docx(BODY)
    const lying = Buffer.from(honest)
    // The uncompressed size of each part in the central directory.
    for (
      let at = lying.indexOf('PK\x01\x02');
      at !== -1;
      at = lying.indexOf('PK\x01\x02', at + 1)
    ) {
      lying.writeUInt32LE(1, at + 24)
    }

    expect(await failure(lying)).toBe('document.damaged')
  })
})

describe('an archive that is not what it should be', () => {
  test('is damaged when it is cut off anywhere', async () => {
    const whole = docx(BODY)
    for (const share of [0.1, 0.5, 0.9, 0.99]) {
      expect(await failure(whole.subarray(0, whole.length * share))).toBe('document.damaged')
    }
  })

  test('is damaged when bytes inside are others', async () => {
    const broken = Buffer.from(docx(paragraph('글'.repeat(2000))))
    const compressed = deflateRawSync(Buffer.from('x'))
    const at = broken.indexOf(WORD) + WORD.length
    broken.fill(0xff, at + 5, at + 5 + compressed.length + 20)

    expect(await failure(broken)).toBe('document.damaged')
  })

  test('is encrypted when its parts are', async () => {
    const locked = Buffer.from(docx(BODY))
    for (
      let at = locked.indexOf('PK\x01\x02');
      at !== -1;
      at = locked.indexOf('PK\x01\x02', at + 1)
    ) {
      locked.writeUInt16LE(locked.readUInt16LE(at + 8) | 1, at + 8)
    }

    expect(await failure(locked)).toBe('document.encrypted')
  })

  test.each(['../../etc/passwd', '/etc/passwd', 'C:\\x', 'a\\..\\..\\b'])(
    'is refused, or read in memory, when a part is called %s',
    async (name) => {
      expect(['document.damaged', 'no failure']).toContain(
        await failure(docx(BODY, { [name]: 'x' })),
      )
    },
  )

  test('is unsupported when no main part is known', async () => {
    expect(await failure(zip({ 'a.txt': 'x' }))).toBe('document.unsupported-format')
    expect(await failure(zip({ '[Content_Types].xml': '<Types/>' }))).toBe(
      'document.unsupported-format',
    )
  })
})

describe('XML within an archive', () => {
  const doctype = (declarations: string, text: string) =>
    part(
      `<?xml version="1.0"?><!DOCTYPE x [${declarations}]><w:document>${paragraph(text)}</w:document>`,
    )

  test.each([
    ['declares entities that grow', '<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">', '&b;'],
    ['names a file', '<!ENTITY x SYSTEM "file:///etc/passwd">', '&x;'],
    ['names an address', '<!ENTITY % x SYSTEM "http://127.0.0.1/">%x;', 'x'],
  ])('is refused when it %s', async (_what, declarations, text) => {
    expect(await failure(doctype(declarations, text))).toBe('document.has-doctype')
  })

  test('has no entities but the five', async () => {
    const document = await parse('a.docx', docx(paragraph('&lt;&amp;&#54872;&nbsp;&unknown;')))

    expect(document.text).toContain('<&환&nbsp;&unknown;')
  })

  test.each([
    ['document.too-deep', '<w:p>'.repeat(10_000)],
    ['document.damaged', '<w:document><w:body><w:p>'],
    ['document.empty', '<w:document/>'],
  ])('ends with %s: %#', async (code, xml) => {
    const empty = { 'word/footnotes.xml': '<w:footnotes/>', [WORD]: xml }

    expect(await failure(docx('', empty))).toBe(code)
  })

  test('does not follow relations out of the file', async () => {
    const rels = `<Relationships><Relationship Id="a" Type="x/styles" Target="file:///etc/passwd" TargetMode="External"/>
      <Relationship Id="b" Type="x/styles" Target="../../../../etc/passwd"/></Relationships>`

    expect(await failure(docx(BODY, { 'word/_rels/document.xml.rels': rels }))).toBe('no failure')
  })
})
