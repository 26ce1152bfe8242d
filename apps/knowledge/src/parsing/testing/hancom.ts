import { deflateRawSync } from 'node:zlib'
import CFB from 'cfb'
import { TAG } from '../formats/hwp-records.ts'
import { zip } from './office.ts'

const SIGNATURE = 'HWP Document File'

interface HwpOptions {
  /** In the file header: 1 is compressed, 2 has a password, 4 is for distribution. */
  readonly properties?: number
  /** In the place of the records of the text, when they are to be broken. */
  readonly section?: Uint8Array
}

/** A document of Hancom Office, its records in the order given. */
export function hwp(records: readonly Uint8Array[], options: HwpOptions = {}): Uint8Array {
  const { properties = 1, section = Buffer.concat(records) } = options
  const header = Buffer.alloc(256)
  header.write(SIGNATURE, 'latin1')
  header.writeUInt32LE(0x05010000, 32)
  header.writeUInt32LE(properties, 36)
  const file = CFB.utils.cfb_new()
  const stream = (bytes: Uint8Array) => (properties & 1 ? deflateRawSync(bytes) : bytes)
  CFB.utils.cfb_add(file, '/FileHeader', header)
  CFB.utils.cfb_add(file, '/DocInfo', stream(Buffer.concat(SHAPES)))
  CFB.utils.cfb_add(file, '/BodyText/Section0', stream(section))
  return Buffer.from(CFB.write(file, { type: 'buffer' }) as Uint8Array)
}

export function compoundFile(streams: Readonly<Record<string, string>>): Uint8Array {
  const file = CFB.utils.cfb_new()
  for (const [name, content] of Object.entries(streams)) {
    CFB.utils.cfb_add(file, name, Buffer.from(content))
  }
  return Buffer.from(CFB.write(file, { type: 'buffer' }) as Uint8Array)
}

export function record(tag: number, level: number, data: Uint8Array): Uint8Array {
  const isLong = data.byteLength >= 0xfff
  const header = Buffer.alloc(isLong ? 8 : 4)
  const size = isLong ? 0xfff : data.byteLength
  header.writeUInt32LE((tag | (level << 10) | (size << 20)) >>> 0)
  if (isLong) header.writeUInt32LE(data.byteLength, 4)
  return Buffer.concat([header, data])
}

/** Shapes of paragraphs: 0 is text, 1 and 2 are the first and the second level of the outline. */
const SHAPES = [0, 1, 2].map((level) => {
  const data = Buffer.alloc(54)
  if (level > 0) data.writeUInt32LE((1 << 23) | ((level - 1) << 25))
  return record(TAG.paragraphShape, 0, data)
})

interface Laid {
  /** Where its lines are, from the top of the page; none: it has not been laid out. */
  readonly tops?: readonly number[]
  /** Of each line. */
  readonly height?: number
  readonly begins?: 'page' | 'column'
}

const LINE_HEIGHT = 1000
const LINE_WIDTH = 42_520

/** @param text with the controls of the format among its characters */
export function hwpParagraph(
  text: string,
  {
    level = 0,
    shape = 0,
    tops = [],
    height = LINE_HEIGHT,
    begins,
  }: Laid & { level?: number; shape?: number } = {},
): Uint8Array[] {
  const header = Buffer.alloc(24)
  header.writeUInt16LE(shape, 8)
  header.writeUInt8(begins === 'page' ? 4 : begins === 'column' ? 8 : 0, 11)
  const lines = tops.map((top) => {
    const line = Buffer.alloc(36)
    line.writeInt32LE(top, 4)
    line.writeInt32LE(height, 8)
    line.writeInt32LE(LINE_WIDTH, 28)
    return line
  })
  return [
    record(TAG.paragraphHeader, level, header),
    record(TAG.paragraphText, level + 1, Buffer.from(`${text}\r`, 'utf16le')),
    ...(lines.length > 0 ? [record(TAG.lines, level + 1, Buffer.concat(lines))] : []),
  ]
}

/** What a section says of its pages: the body of each is 60,000 high. */
export function hwpPages({ columns = 1 } = {}): Uint8Array[] {
  const page = Buffer.alloc(40)
  for (const [at, size] of [59_528, 84_188, 8504, 8504, 8188, 8000, 4000, 4000].entries()) {
    page.writeUInt32LE(size, at * 4)
  }
  const column = Buffer.alloc(12)
  column.write('dloc', 'latin1')
  column.writeUInt16LE(columns << 2, 4)
  return [hwpControl('secd'), record(TAG.page, 2, page), record(TAG.control, 1, column)]
}

/** Where the text has a control of eight units. */
export const CONTROL = '\u000b\u6c20\u7462\0\0\0\0\u000b'

interface HwpCell {
  readonly at: readonly [column: number, row: number]
  readonly span?: readonly [columns: number, rows: number]
  readonly text: string
}

/** @param between how high it is, when it is no letter of its line and keeps lines away */
export function hwpTable(
  cells: readonly HwpCell[],
  level = 1,
  { between }: { between?: number } = {},
): Uint8Array[] {
  const control = Buffer.alloc(44)
  control.write(' lbt', 'latin1')
  control.writeUInt32LE(between === undefined ? 1 : (2 << 3) | (1 << 21), 4)
  control.writeUInt32LE(between ?? 0, 20)
  return [
    record(TAG.control, level, control),
    record(TAG.table, level + 1, Buffer.alloc(26)),
    ...cells.flatMap(({ at, span = [1, 1], text }) => {
      const data = Buffer.alloc(47)
      for (const [index, value] of [...at, ...span].entries()) {
        data.writeUInt16LE(value, 8 + index * 2)
      }
      return [record(TAG.list, level + 1, data), ...hwpParagraph(text, { level: level + 1 })]
    }),
  ]
}

export function hwpControl(name: string, level = 1): Uint8Array {
  return record(TAG.control, level, Buffer.from([...name].reverse().join(''), 'latin1'))
}

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes" ?>'

/** @param sections what stands in `hs:sec` of each */
export function hwpx(
  sections: readonly string[],
  parts: Readonly<Record<string, string>> = {},
): Uint8Array {
  const ids = sections.map((_section, index) => `section${index}`)
  const items = ids.map((id) => `<opf:item id="${id}" href="Contents/${id}.xml"/>`).join('')
  const spine = ids.map((id) => `<opf:itemref idref="${id}"/>`).join('')
  return zip({
    mimetype: 'application/hwp+zip',
    'META-INF/manifest.xml': `${XML}<odf:manifest/>`,
    'Contents/content.hpf': `${XML}<opf:package><opf:metadata><opf:title>제목</opf:title><opf:language>ko</opf:language>
      <opf:meta name="creator" content="text">김작가</opf:meta></opf:metadata><opf:manifest>
      <opf:item id="header" href="Contents/header.xml"/>${items}</opf:manifest>
      <opf:spine><opf:itemref idref="header"/>${spine}</opf:spine></opf:package>`,
    'Contents/header.xml': `${XML}<hh:head><hh:paraPr id="0"/><hh:paraPr id="1"><hh:heading type="OUTLINE" level="0"/></hh:paraPr>
      <hh:paraPr id="2"><hh:heading type="OUTLINE" level="1"/></hh:paraPr></hh:head>`,
    ...Object.fromEntries(
      sections.map((section, index) => [
        `Contents/section${index}.xml`,
        `${XML}<hs:sec>${section}</hs:sec>`,
      ]),
    ),
    ...parts,
  })
}

export function hwpxParagraph(
  content: string,
  shape = 0,
  { tops = [], height = LINE_HEIGHT, begins }: Laid = {},
): string {
  const breaks = `pageBreak="${Number(begins === 'page')}" columnBreak="${Number(begins === 'column')}"`
  const lines = tops.map(
    (top) =>
      `<hp:lineseg textpos="0" vertpos="${top}" vertsize="${height}" horzpos="0" horzsize="${LINE_WIDTH}" flags="393216"/>`,
  )
  const layout = lines.length > 0 ? `<hp:linesegarray>${lines.join('')}</hp:linesegarray>` : ''
  return `<hp:p paraPrIDRef="${shape}" ${breaks}><hp:run>${content}</hp:run>${layout}</hp:p>`
}

/** As `hwpPages`. */
export function hwpxPages({ columns = 1 } = {}): string {
  return `<hp:secPr><hp:pagePr landscape="WIDELY" width="59528" height="84188"><hp:margin header="4000" footer="4000"
    gutter="0" left="8504" right="8504" top="8188" bottom="8000"/></hp:pagePr></hp:secPr>
    <hp:ctrl><hp:colPr type="NEWSPAPER" colCount="${columns}" sameSz="1"/></hp:ctrl>`
}
