/** Of KS X 1001, which EUC-KR writes as two bytes from here on. */
const FIRST = 0xa1
const SYLLABLES = { first: 0xac00, last: 0xd7a3 }
/** Characters of the user have no meaning for anybody else. */
const PRIVATE = { first: 0xe000, last: 0xf8ff }
/** `€` and `®`, which came in 1998 and are not in the decoder of Node. */
const ADDED_LATER = [
  [0xa2e6, 0x20ac],
  [0xa2e7, 0xae],
] as const

/**
 * Decodes CP949, the encoding of Korean Windows: EUC-KR, and the 8,822 syllables that KS X 1001
 * lacks. The decoder `euc-kr` of Node has only the former (WHATWG wants both).
 *
 * The added syllables stand in the order of Unicode in the places that EUC-KR leaves free: after a
 * lead byte of 81-A0 at 41-5A, 61-7A and 81-FE, and after one of A1-C6 at 41-5A, 61-7A and 81-A0.
 *
 * @returns undefined when the bytes are not CP949
 */
export function decodeCp949(bytes: Uint8Array): string | undefined {
  table ??= createTable()
  const units = new Uint16Array(bytes.length)
  let length = 0
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] as number
    if (byte < 0x80) {
      units[length++] = byte
      continue
    }
    const unit = table[(byte << 8) | (bytes[++at] ?? 0)]
    if (!unit) return undefined
    units[length++] = unit
  }
  return new TextDecoder('utf-16le').decode(units.subarray(0, length))
}

let table: Uint16Array | undefined

function createTable(): Uint16Array {
  const units = new Uint16Array(0x10000)
  const standard = new Set<number>()
  for (const [lead, trail] of places(FIRST, 0xfe, [[FIRST, 0xfe]])) {
    const unit = inEucKr(lead, trail)
    if (unit === undefined) continue
    units[(lead << 8) | trail] = unit
    standard.add(unit)
  }
  for (const [place, unit] of ADDED_LATER) units[place] = unit
  const added = addedPlaces()
  for (let unit = SYLLABLES.first; unit <= SYLLABLES.last; unit++) {
    if (standard.has(unit)) continue
    const { value: place } = added.next()
    if (place) units[(place[0] << 8) | place[1]] = unit
  }
  return units
}

type Range = readonly [from: number, to: number]

function* addedPlaces(): Generator<readonly [number, number], undefined> {
  const low: readonly Range[] = [
    [0x41, 0x5a],
    [0x61, 0x7a],
  ]
  yield* places(0x81, 0xa0, [...low, [0x81, 0xfe]])
  yield* places(0xa1, 0xc6, [...low, [0x81, 0xa0]])
}

function* places(from: number, to: number, trails: readonly Range[]) {
  for (let lead = from; lead <= to; lead++) {
    for (const [first, last] of trails) {
      for (let trail = first; trail <= last; trail++) yield [lead, trail] as const
    }
  }
}

const eucKr = new TextDecoder('euc-kr')

function inEucKr(lead: number, trail: number): number | undefined {
  const text = eucKr.decode(Uint8Array.of(lead, trail))
  const unit = text.charCodeAt(0)
  const isPrivate = unit >= PRIVATE.first && unit <= PRIVATE.last
  return text.length === 1 && text !== '\ufffd' && !isPrivate ? unit : undefined
}
