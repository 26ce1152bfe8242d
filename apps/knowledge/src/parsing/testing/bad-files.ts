import { createRandom } from '@dure/retrieval'
import { bombs, oddTexts } from './bombs.ts'
import { hwp, hwpParagraph, hwpTable, hwpx, hwpxParagraph } from './hancom.ts'
import { docx, paragraph, pptx, shape, xlsx } from './office.ts'
import { pdf } from './pdf.ts'
import { scan, tiff } from './scan.ts'

export interface BadFile {
  readonly name: string
  readonly bytes: Uint8Array
}

type Random = ReturnType<typeof createRandom>

const PROSE = '환불은 구매 후 7일 이내에 신청할 수 있습니다. Refunds take 3 days. '.repeat(20)
const CELLS = `<sheetData>${Array.from({ length: 30 }, (_, at) => `<row r="${at + 1}"><c t="inlineStr"><is><t>${at}번 항목</t></is></c></row>`).join('')}</sheetData>`

/** One good file of each format, by its extension. */
const GOOD: Readonly<Record<string, Uint8Array>> = {
  pdf: pdf([[[50, 700, 11, PROSE.slice(0, 200)]], [[50, 700, 11, '둘째 쪽']]]),
  docx: docx(paragraph('환불', '1') + paragraph(PROSE)),
  pptx: pptx([shape('환불', 'title') + shape(PROSE), shape('둘째')], shape('설명')),
  xlsx: xlsx([{ name: '표', xml: CELLS }]),
  hwp: hwp([...hwpParagraph(PROSE), ...hwpTable([{ at: [0, 0], text: '한 칸' }])]),
  hwpx: hwpx([hwpxParagraph(`<hp:t>${PROSE}</hp:t>`)]),
  html: Buffer.from(`<html><body><h1>환불</h1><p>${PROSE}</p><table><tr><td>한 칸</table>`),
  csv: Buffer.from(`이름,값\n${'"환불, 7일",3\n'.repeat(50)}`),
  json: Buffer.from(JSON.stringify({ 환불: Array(50).fill({ 기간: '7일' }) })),
  jsonl: Buffer.from('{"환불":"7일"}\n'.repeat(50)),
  md: Buffer.from(`# 환불\n\n${PROSE}\n\n| 가 | 나 |\n| - | - |\n| 1 | 2 |\n`),
  txt: Buffer.from(PROSE),
  png: scan('upright.png'),
  jpg: scan('upright.jpg'),
  webp: scan('upright.webp'),
  tiff: tiff(1),
}

type Damage = (bytes: Uint8Array, random: Random) => Uint8Array

/** What happens to files on their way, and what is done to them on purpose. */
const DAMAGES: Readonly<Record<string, Damage>> = {
  'cut-to-a-tenth': (bytes) => bytes.subarray(0, bytes.length / 10),
  'cut-in-half': (bytes) => bytes.subarray(0, bytes.length / 2),
  'without-its-end': (bytes) => bytes.subarray(0, bytes.length - 30),
  'without-its-beginning': (bytes) => bytes.subarray(20),
  'a-bit-flipped': (bytes, random) => flipped(bytes, random, 1),
  'twenty-bits-flipped': (bytes, random) => flipped(bytes, random, 20),
  'many-bits-flipped': (bytes, random) => flipped(bytes, random, bytes.length / 50 + 50),
  'a-hole-of-zeros': (bytes, random) => {
    const copy = Buffer.from(bytes)
    const from = random.below(copy.length)
    return copy.fill(0, from, Math.min(copy.length, from + Math.ceil(copy.length / 8)))
  },
  'a-piece-twice': (bytes, random) => {
    const from = random.below(bytes.length)
    const to = from + random.below(bytes.length - from)
    return Buffer.concat([bytes.subarray(0, to), bytes.subarray(from)])
  },
  'noise-inside': (bytes, random) => {
    const from = random.below(bytes.length)
    return Buffer.concat([bytes.subarray(0, from), noise(random, 300), bytes.subarray(from)])
  },
  'its-head-and-noise': (bytes, random) =>
    Buffer.concat([bytes.subarray(0, 16), noise(random, 2000)]),
}

/** Reading a picture takes a second: of these, only what is likely to be hard. */
const PICTURES = new Set(['png', 'jpg', 'webp', 'tiff'])
const OF_PICTURES = new Set(['cut-in-half', 'many-bits-flipped', 'its-head-and-noise'])

/**
 * More than two hundred files that are not what they should be: each format damaged in each way, each
 * under the names of others, bombs, and texts that are odd. The same for the same seed.
 */
export function badFiles(seed: number): BadFile[] {
  const random = createRandom(seed)
  return [...damaged(random), ...disguised(), ...bombs(), ...oddTexts()]
}

function damaged(random: Random): BadFile[] {
  return Object.entries(GOOD).flatMap(([extension, bytes]) =>
    Object.entries(DAMAGES)
      .filter(([how]) => !PICTURES.has(extension) || OF_PICTURES.has(how))
      .map(([how, damage]) => ({ name: `${how}.${extension}`, bytes: damage(bytes, random) })),
  )
}

/** Each file under the names of three others. */
function disguised(): BadFile[] {
  const extensions = Object.keys(GOOD)
  return Object.entries(GOOD).flatMap(([extension, bytes], at) =>
    PICTURES.has(extension)
      ? []
      : [1, 4, 9].map((step) => {
          const other = extensions[(at + step) % extensions.length]
          return { name: `is-a-${extension}.${other}`, bytes }
        }),
  )
}

function flipped(bytes: Uint8Array, random: Random, times: number): Uint8Array {
  const copy = Buffer.from(bytes)
  for (let flip = 0; flip < times; flip++) {
    const at = random.below(copy.length)
    copy[at] = (copy[at] ?? 0) ^ (1 << random.below(8))
  }
  return copy
}

function noise(random: Random, length: number): Uint8Array {
  return Uint8Array.from({ length }, () => random.below(256))
}
