import { checkText, type Finding, type GuardrailRule } from '@dure/kernel'
import { Value } from 'typebox/value'

export interface CheckedValue {
  readonly value: unknown
  readonly findings: readonly Finding[]
  readonly blocked: boolean
  /** Something that is no text, such as a number, had to be replaced by one. */
  readonly isReshaped: boolean
}

interface Leaf {
  readonly text: string
  readonly start: number
}

interface Span {
  readonly kind: string
  readonly start: number
  end: number
}

/**
 * What rules find in JSON. All that is said in it, names of fields included, is looked at as one text, as whoever reads it does:
 * nothing hides behind the escapes of JSON, or by being cut in two. Only a link ends where its text does.
 */
export function checkValue(value: unknown, rules: readonly GuardrailRule[]): CheckedValue {
  try {
    return checked(value, rules)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    // Nothing passes unchecked.
    const found = { check: 'schema', kind: 'too-deep', action: 'block', start: 0, end: 0 } as const
    return { value: null, findings: [found], blocked: true, isReshaped: true }
  }
}

function checked(value: unknown, rules: readonly GuardrailRule[]): CheckedValue {
  const ofWhole = rules.filter(({ check }) => check === 'schema')
  const ofLinks = rules.filter(({ check }) => check === 'links')
  const ofWords = rules.filter(({ check }) => check !== 'schema' && check !== 'links')
  const whole = typeof value === 'string' ? value : JSON.stringify(value ?? null)
  const leaves = leavesOf(value)
  const words = leaves.map(({ text }) => text).join(BETWEEN)
  const found = [
    ...checkText(whole, ofWhole, Value.Check).findings,
    ...checkText(words, ofWords, Value.Check).findings,
    ...leaves.flatMap(({ text, start }) => movedBy(start, checkText(text, ofLinks, Value.Check))),
  ]
  const changed = redacted(leaves, spansOf(found))
  const rebuilt = rebuild(value, changed)
  return {
    ...rebuilt,
    findings: found,
    blocked: found.some(({ action }) => action === 'block'),
  }
}

/** Words on both sides are read together; digits are not taken for one number. */
const BETWEEN = '\n\n\n\n'

function movedBy(by: number, { findings }: { readonly findings: readonly Finding[] }): Finding[] {
  return findings.map((one) => ({ ...one, start: one.start + by, end: one.end + by }))
}

/** In the order in which `rebuild` asks for them. */
function leavesOf(value: unknown): Leaf[] {
  const leaves: Leaf[] = []
  let start = 0
  const add = (text: string) => {
    leaves.push({ text, start })
    start += text.length + BETWEEN.length
  }
  const visit = (one: unknown): void => {
    if (typeof one === 'string' || typeof one === 'number') add(String(one))
    else if (Array.isArray(one)) one.forEach(visit)
    else if (typeof one === 'object' && one !== null) {
      for (const [name, field] of Object.entries(one)) {
        add(name)
        visit(field)
      }
    }
  }
  visit(value)
  return leaves
}

/** What is to be taken out, each place once. */
function spansOf(found: readonly Finding[]): Span[] {
  const spans: Span[] = []
  const inOrder = found
    .filter(({ action }) => action === 'redact')
    .toSorted((one, other) => one.start - other.start || other.end - one.end)
  for (const { kind, start, end } of inOrder) {
    const last = spans.at(-1)
    if (last && start < last.end) last.end = Math.max(last.end, end)
    else spans.push({ kind, start, end })
  }
  return spans
}

function redacted(leaves: readonly Leaf[], spans: readonly Span[]): string[] {
  let next = 0
  return leaves.map(({ text, start }) => {
    const end = start + text.length
    while ((spans[next]?.end ?? Number.POSITIVE_INFINITY) <= start) next += 1
    let changed = ''
    let at = 0
    for (let span = spans[next]; span && span.start < end; span = spans[next]) {
      changed += `${text.slice(at, Math.max(span.start - start, at))}[${span.kind}]`
      at = Math.min(span.end - start, text.length)
      // It may go on in the next one.
      if (span.end > end) break
      next += 1
    }
    return changed + text.slice(at)
  })
}

function rebuild(value: unknown, leaves: readonly string[]) {
  let next = 0
  let isReshaped = false
  const take = () => leaves[next++] ?? ''
  const visit = (one: unknown): unknown => {
    if (typeof one === 'string') return take()
    if (typeof one === 'number') {
      const text = take()
      if (text === String(one)) return one
      isReshaped = true
      return text
    }
    if (Array.isArray(one)) return one.map(visit)
    if (typeof one !== 'object' || one === null) return one
    return Object.fromEntries(Object.values(one).map((field) => [take(), visit(field)]))
  }
  const rebuilt = visit(value)
  return { value: rebuilt, isReshaped }
}
