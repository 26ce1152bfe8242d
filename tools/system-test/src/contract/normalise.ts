/**
 * What differs each time, under a name that is the same each time: the first id of a kind is
 * `<run:1>`, wherever it stands.
 */
export interface Normaliser {
  of(value: unknown): unknown
}

const ID = /\b([a-z]{2,6})_[0-9A-Za-z]{20,}\b/g
const TIME = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)/g
const DATE = /^\d{4}-\d\d-\d\d$/
const KEY = /\bdure_live_\w+/g
const HOOK = /\/hooks\/[\w-]+/g
const TRACE = /^[0-9a-f]{32}$/
const SPAN = /^[0-9a-f]{16}$/
const HASH = /^[0-9a-f]{40,64}$|^sha256[:-][\w+/=-]+$/
/** Numbers that a clock or a model made. */
const MEASURED = /(?:Ms|Seconds|Tokens|Usd|Micros|score|Bytes)$/i
/** For people: it may be said better, clients branch on `code`. */
const PROSE = /^(?:detail|message)$/
const OPAQUE = /^(?:cursor|nextCursor|token|secret|signingSecret|last4)$/

export function createNormaliser(): Normaliser {
  const names = new Map<string, string>()
  const counts = new Map<string, number>()

  function nameOf(id: string, kind: string): string {
    const known = names.get(id)
    if (known) return known
    const count = (counts.get(kind) ?? 0) + 1
    counts.set(kind, count)
    names.set(id, `<${kind}:${count}>`)
    return `<${kind}:${count}>`
  }

  function ofText(text: string): string {
    if (TRACE.test(text)) return '<trace>'
    if (SPAN.test(text)) return '<span>'
    if (HASH.test(text)) return '<hash>'
    if (DATE.test(text)) return '<date>'
    return text
      .replace(KEY, '<key>')
      .replace(HOOK, '/hooks/<secret>')
      .replace(TIME, '<time>')
      .replace(ID, (id, kind: string) => nameOf(id, kind))
  }

  function of(value: unknown, key = ''): unknown {
    if (typeof value === 'string' && PROSE.test(key)) return '<text>'
    if (typeof value === 'string') return OPAQUE.test(key) ? '<opaque>' : ofText(value)
    if (typeof value === 'number') return MEASURED.test(key) ? '<number>' : value
    if (Array.isArray(value)) return value.map((item) => of(item))
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(
      Object.entries(value).map(([name, item]) => [ofText(name), of(item, name)]),
    )
  }
  return { of: (value) => of(value) }
}
