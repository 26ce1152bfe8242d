import { deflateSync } from 'node:zlib'

/** Text at a place of a page, in points from its lower left corner. */
export type Print = readonly [x: number, y: number, size: number, text: string]

/** A line from a place to another one. */
export type Rule = readonly [fromX: number, fromY: number, toX: number, toY: number]

interface PdfOptions {
  /** Entries of the trailer beside its root, such as `/Encrypt 9 0 R`. */
  readonly trailer?: string
  /** Entries of the catalogue. */
  readonly catalog?: string
  /** Objects beside those of the pages; they have the numbers from 10 on. */
  readonly objects?: readonly string[]
  /** In the place of the content of the first page: it is compressed. */
  readonly content?: Uint8Array
  /** Of that content, when it is not compressed once. */
  readonly filters?: string
}

/**
 * A PDF by hand. Its font is one that Korean documents name and do not bring along, so the words can
 * only be read with the tables of Adobe-Korea1.
 */
export function pdf(
  pages: readonly (readonly (Print | Rule)[])[],
  options: PdfOptions = {},
): Uint8Array {
  const { trailer = '', catalog = '', objects = [] } = options
  const first = 10 + objects.length
  const all = new Map<number, string | Buffer>([
    [1, `<< /Type /Catalog /Pages 2 0 R /Lang (ko-KR) ${catalog} >>`],
    [
      2,
      `<< /Type /Pages /Count ${pages.length} /Kids [${pages.map((_page, at) => `${first + at * 2} 0 R`).join(' ')}] >>`,
    ],
    [
      3,
      '<< /Type /Font /Subtype /Type0 /BaseFont /HYSMyeongJo-Medium /Encoding /UniKS-UTF16-H /DescendantFonts [4 0 R] >>',
    ],
    [
      4,
      '<< /Type /Font /Subtype /CIDFontType0 /BaseFont /HYSMyeongJo-Medium /CIDSystemInfo << /Registry (Adobe) /Ordering (Korea1) /Supplement 1 >> /FontDescriptor 5 0 R >>',
    ],
    [
      5,
      '<< /Type /FontDescriptor /FontName /HYSMyeongJo-Medium /Flags 6 /FontBBox [0 -148 1001 880] /ItalicAngle 0 /Ascent 880 /Descent -148 /CapHeight 700 /StemV 60 >>',
    ],
    [6, `<< /Title <${hex('\ufeff환불 안내')}> /Author (Kim) >>`],
    ...objects.map((object, at) => [10 + at, object] as const),
    ...pages.flatMap((page, at) => pageObjects(page, first + at * 2, at === 0 ? options : {})),
  ])
  return file(all, `/Root 1 0 R /Info 6 0 R ${trailer}`)
}

function pageObjects(
  prints: readonly (Print | Rule)[],
  number: number,
  { content, filters = '/FlateDecode' }: PdfOptions,
) {
  const drawn = prints.map(([x, y, sizeOrX, textOrY]) =>
    typeof textOrY === 'string'
      ? `BT /F1 ${sizeOrX} Tf 1 0 0 1 ${x} ${y} Tm <${hex(textOrY)}> Tj ET`
      : `${x} ${y} m ${sizeOrX} ${textOrY} l S`,
  )
  const packed = deflateSync(content ?? Buffer.from(drawn.join('\n')))
  const stream = `<< /Length ${packed.length} /Filter ${filters} >>\nstream\n`
  const page = `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> /XObject << /Im0 10 0 R >> >> /Contents ${number + 1} 0 R >>`
  return [
    [number, page],
    [number + 1, Buffer.concat([Buffer.from(stream), packed, Buffer.from('\nendstream')])],
  ] as const
}

/** Objects with the table of where each is, and the trailer. */
function file(objects: ReadonlyMap<number, string | Buffer>, trailer: string): Uint8Array {
  const parts: Buffer[] = [Buffer.from('%PDF-1.7\n')]
  const offsets = new Map<number, number>()
  let length = parts[0]?.length ?? 0
  for (const [number, body] of objects) {
    offsets.set(number, length)
    const part = Buffer.concat([
      Buffer.from(`${number} 0 obj\n`),
      Buffer.from(body),
      Buffer.from('\nendobj\n'),
    ])
    parts.push(part)
    length += part.length
  }
  const size = Math.max(...objects.keys()) + 1
  const rows = Array.from({ length: size }, (_, number) => {
    const offset = offsets.get(number)
    return offset === undefined
      ? '0000000000 65535 f '
      : `${String(offset).padStart(10, '0')} 00000 n `
  })
  const end = `xref\n0 ${size}\n${rows.join('\n')}\ntrailer\n<< /Size ${size} ${trailer} >>\nstartxref\n${length}\n%%EOF\n`
  return Buffer.concat([...parts, Buffer.from(end)])
}

function hex(text: string): string {
  return Buffer.from(text, 'utf16le').swap16().toString('hex')
}

/** Two columns of prose whose lines stand beside each other; the left one first. */
export function article(top: number, lines: number): Print[] {
  const column = (x: number, name: string) =>
    Array.from({ length: lines }, (_, at): Print => {
      const text = `${name} 단의 ${'가나다라마바사아자차카타파하거너'[at]} 줄은 이만큼 길다${at % 3 ? '고' : ''}`
      return [x, top - at * 16, 10, text]
    })
  return [...column(50, '왼쪽'), ...column(310, '오른쪽')]
}
