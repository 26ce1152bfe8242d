import { deflateSync } from 'node:zlib'
import type { BadFile } from './bad-files.ts'
import { compoundFile, hwp, hwpParagraph, hwpx, hwpxParagraph } from './hancom.ts'
import { docx, paragraph, pptx, shape, xlsx, zip } from './office.ts'
import { pdf } from './pdf.ts'
import { scan } from './scan.ts'

const MEGABYTE = 1_000_000
const WORD_PART = 'word/document.xml'
const spaces = (megabytes: number) => Buffer.alloc(megabytes * MEGABYTE, ' ')

/** Small files that want to become large ones, deep ones, endless ones, or to reach out. */
export function bombs(): BadFile[] {
  const files: Record<string, Uint8Array> = {
    'inflates.docx': docx('', { [WORD_PART]: spaces(40) }),
    'inflates.xlsx': xlsx([{ name: 'a', xml: ' '.repeat(40 * MEGABYTE) }]),
    'inflates.pptx': pptx([' '.repeat(40 * MEGABYTE)]),
    'inflates.hwpx': hwpx([' '.repeat(40 * MEGABYTE)]),
    'inflates.hwp': hwp([], { section: spaces(40) }),
    'inflates-twice.pdf': pdf([[]], {
      content: deflateSync(spaces(300)),
      filters: '[/FlateDecode /FlateDecode]',
    }),
    'nests-zips.docx': docx(paragraph('글'), { 'word/inner.zip': zip({ a: zip({ b: 'c' }) }) }),
    'slips.docx': docx(paragraph('글'), { '../../../tmp/slipped': 'x', '/etc/passwd': 'x' }),
    'has-many-parts.docx': docx(paragraph('글'), manyParts(1500)),
    'has-many-pages.pdf': pdf(Array.from({ length: 2001 }, () => [])),
    'laughs.docx': docx('', { [WORD_PART]: laughs() }),
    'reads-a-file.docx': docx('', {
      [WORD_PART]: `<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><w:document>${paragraph('&f;')}</w:document>`,
    }),
    'laughs.hwpx': hwpx([], { 'Contents/content.hpf': laughs() }),
    'claims-to-be-huge.png': claimsToBeHuge(),
    'is-deep.json': Buffer.from('['.repeat(2 * MEGABYTE)),
    'is-deep.html': Buffer.from('<div>'.repeat(MEGABYTE)),
    'is-deep.docx': docx('<w:p>'.repeat(200_000)),
    'is-deep.pdf': pdf([[]], { content: Buffer.from('['.repeat(2 * MEGABYTE)) }),
    'is-wide.csv': Buffer.from(','.repeat(2 * MEGABYTE)),
    'is-long.csv': Buffer.from('\n'.repeat(2 * MEGABYTE)),
    'opens-a-quote.csv': Buffer.from(`"${'a,\n'.repeat(MEGABYTE)}`),
    'has-many-headings.md': Buffer.from('# a\n'.repeat(30_000)),
    'is-locked.pdf': pdf([[]], {
      trailer: '/Encrypt 10 0 R /ID [<00> <00>]',
      objects: [
        `<< /Filter /Standard /V 1 /R 2 /O <${'0'.repeat(64)}> /U <${'0'.repeat(64)}> /P -4 >>`,
      ],
    }),
    'is-locked.hwp': hwp(hwpParagraph('글'), { properties: 3 }),
    'is-locked.docx': compoundFile({ '/EncryptedPackage': 'x', '/EncryptionInfo': 'x' }),
    'runs.pdf': pdf([[[50, 700, 11, '글']]], {
      catalog: '/OpenAction << /S /JavaScript /JS (while(1);) >>',
    }),
    'refers-to-itself.pdf': Buffer.from(
      '%PDF-1.7\n1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj 2 0 obj << /Type /Pages /Count 9 /Kids [2 0 R 2 0 R] >> endobj trailer << /Root 1 0 R >>',
    ),
  }
  return listed(files)
}

/** Texts that a strict reader stumbles over. Some of them can be read all the same. */
export function oddTexts(): BadFile[] {
  const files: Record<string, Uint8Array> = {
    'blank.txt': Buffer.from(' \n\t \n'),
    'mark-alone.txt': Buffer.from([0xef, 0xbb, 0xbf]),
    'one-line.txt': Buffer.from('가'.repeat(MEGABYTE)),
    'one-line.html': Buffer.from(`<p>${'나'.repeat(MEGABYTE)}`),
    'lone-surrogates.txt': Buffer.from('\ufeff환불\ud83d 끝\udc00', 'utf16le'),
    'odd-utf16.txt': Buffer.from([0xff, 0xfe, 0x58, 0xd6, 0x88]),
    'decomposed.txt': Buffer.from('환불 규정'.normalize('NFD')),
    'cp949.txt': Buffer.from('c8afbad2b1d4c1a4', 'hex'),
    'two-encodings.txt': Buffer.concat([
      Buffer.from('환불 '),
      Buffer.from('c8afbad2b1d4c1a4', 'hex'),
    ]),
    'nul.txt': Buffer.from('a\0b'),
    'controls.txt': Buffer.from(Array.from({ length: 31 }, (_, at) => at + 1)),
    'marks-on-a-letter.txt': Buffer.from(`e${'\u0301'.repeat(MEGABYTE / 10)}`),
    'right-to-left.md': Buffer.from('# \u202e환불\u202c\n\n\u2066글\u2069'),
    'not-what-it-names.html': Buffer.from('<meta charset="utf-16"><p>글'),
    'no-such-encoding.html': Buffer.concat([
      Buffer.from('<meta charset="klingon">'),
      Buffer.from('c8afbad2', 'hex'),
    ]),
    'many-numbers.json': Buffer.from(`[${'1e999999,'.repeat(10_000)}1]`),
    'prototype.json': Buffer.from('{"__proto__":{"a":1},"constructor":{"prototype":{"a":"b"}}}'),
    'formula.csv': Buffer.from('=cmd|\' /C calc\'!A0,"=HYPERLINK(""http://x"")"'),
    'script.html': Buffer.from('<script>while(1);</script><style>x</style>'),
    'rich.txt': Buffer.from('{\\rtf1 text}'),
    'drawing.txt': Buffer.from('<?xml version="1.0"?><svg><script>1</script></svg>'),
    'old.docx': compoundFile({ '/WordDocument': 'x' }),
    'nothing.hwp': compoundFile({ '/a': 'x' }),
    'letter-only.hwpx': hwpx([hwpxParagraph('<hp:t>&#0;&#xffff;&#xd800;</hp:t>')]),
    'marks.pptx': pptx([shape('&#x0;&#x1F600;&bogus;')]),
  }
  return listed(files)
}

function listed(files: Readonly<Record<string, Uint8Array>>): BadFile[] {
  return Object.entries(files).map(([name, bytes]) => ({ name, bytes }))
}

function manyParts(count: number): Record<string, string> {
  return Object.fromEntries(Array.from({ length: count }, (_, at) => [`word/part${at}.xml`, '']))
}

/** Ten entities, each ten times the one before. */
function laughs(): string {
  const entities = Array.from(
    { length: 9 },
    (_, at) => `<!ENTITY e${at + 1} "${`&e${at};`.repeat(10)}">`,
  )
  return `<!DOCTYPE x [<!ENTITY e0 "ha">${entities.join('')}]><w:document>${paragraph('&e9;')}</w:document>`
}

function claimsToBeHuge(): Uint8Array {
  const png = Buffer.from(scan('upright.png'))
  png.writeUInt32BE(2 ** 30, 16)
  png.writeUInt32BE(2 ** 30, 20)
  return png
}
