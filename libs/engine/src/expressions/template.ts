import { InvalidInputError } from '@dure/kernel'
import { LRUCache } from 'lru-cache'
import { compileExpression, type Expression, type Scope } from './expression.ts'

/** Text with holes: `Hello {{ input.name }}`. What stands in a hole is an expression. */
export interface Template {
  /** @throws InvalidInputError `expression.failed` */
  render(scope: Scope): unknown
  readonly references: ReadonlySet<string>
}

/**
 * A template that is nothing but one hole keeps the type of its value; in any other, values become
 * text. Values are never parsed again: a `{{` in the data comes out as it went in.
 *
 * @throws InvalidInputError `expression.invalid`, `template.unclosed-hole`
 */
export function compileTemplate(source: string): Template {
  const known = compiled.get(source)
  if (known) return known
  const template = compile(source)
  compiled.set(source, template)
  return template
}

const compiled = new LRUCache<string, Template>({
  maxSize: 10_000_000,
  sizeCalculation: (_template, source) => source.length + 200,
})

function compile(source: string): Template {
  const parts = split(source).map((part) =>
    part.isHole ? compileExpression(part.text.trim()) : part.text,
  )
  const holes = parts.filter((part): part is Expression => typeof part !== 'string')
  const references = holes.reduce((all, { references: some }) => all.union(some), new Set<string>())

  const [only] = holes
  if (only && parts.length === 1) return { references, render: (scope) => only.evaluate(scope) }
  return {
    references,
    render: (scope) =>
      parts
        .map((part) => (typeof part === 'string' ? part : toText(part.evaluate(scope))))
        .join(''),
  }
}

/** A template whose value must be text. */
export function renderText(source: string, scope: Scope): string {
  return toText(compileTemplate(source).render(scope))
}

/** Renders every string inside a JSON value. */
export function renderDeep(value: unknown, scope: Scope): unknown {
  if (typeof value === 'string') return compileTemplate(value).render(scope)
  if (Array.isArray(value)) return value.map((item) => renderDeep(item, scope))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, child]) => [key, renderDeep(child, scope)]),
  )
}

function split(source: string): { text: string; isHole: boolean }[] {
  const parts: { text: string; isHole: boolean }[] = []
  let at = 0
  while (at < source.length) {
    const open = source.indexOf('{{', at)
    if (open < 0) break
    const close = source.indexOf('}}', open)
    if (close < 0) {
      throw new InvalidInputError('template.unclosed-hole', `\`{{\` at ${open} has no \`}}\``)
    }
    if (open > at) parts.push({ text: source.slice(at, open), isHole: false })
    parts.push({ text: source.slice(open + 2, close), isHole: true })
    at = close + 2
  }
  if (at < source.length) parts.push({ text: source.slice(at), isHole: false })
  return parts
}

function toText(value: unknown): string {
  if (value === null || value === undefined) return ''
  return typeof value === 'string' ? value : JSON.stringify(value)
}
