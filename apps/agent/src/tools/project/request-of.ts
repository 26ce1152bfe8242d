import { InvalidInputError } from '@dure/kernel'
import type { HttpSpec } from './project-tool.ts'

export interface BuiltRequest {
  readonly method: HttpSpec['method']
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
}

type Input = Readonly<Record<string, unknown>>

/**
 * The request that some arguments make. A value is never more than its part of the URL: it is encoded,
 * and one that would lead somewhere else in the path (`..`) is refused.
 *
 * @throws InvalidInputError `tool.invalid-arguments`
 */
export function requestOf(spec: HttpSpec, input: Input): BuiltRequest {
  const { method, parameters = [], bodyFrom } = spec
  const given = parameters.filter(({ name }) => valueIn(input, name) !== undefined)
  const url = new URL(expanded(spec.url, input))
  const headers: Record<string, string> = {}
  for (const { name, in: place, as = name } of given) {
    const value = valueIn(input, name)
    if (place === 'header') headers[as.toLowerCase()] = textOf(value)
    if (place !== 'query') continue
    for (const one of Array.isArray(value) ? value : [value])
      url.searchParams.append(as, textOf(one))
  }
  const body = bodyFrom === undefined ? undefined : valueIn(input, bodyFrom)
  return {
    ...{ method, url: url.href },
    // What the author has set cannot be replaced by an argument.
    headers: {
      ...headers,
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...lowered(spec.headers ?? {}),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  }
}

function expanded(template: string, input: Input): string {
  const [, origin = '', path = '', rest = ''] =
    /^([a-z]+:\/\/[^/?#]+)([^?#]*)(.*)$/is.exec(template) ?? []
  const segments = path.split('/').map((segment) => {
    if (!segment.includes('{')) return segment
    const value = filled(segment, input)
    if (/^\.{0,2}$/.test(value)) throw elsewhere(segment)
    return value
  })
  return `${origin}${segments.join('/')}${filled(rest, input)}`
}

function filled(template: string, input: Input): string {
  return template.replace(/\{([^{}]*)\}/g, (_whole, name: string) => {
    const value = valueIn(input, name)
    return value === undefined ? '' : encoded(textOf(value))
  })
}

function encoded(text: string): string {
  return encodeURIComponent(text.toWellFormed())
}

function valueIn(input: Input, name: string): unknown {
  return Object.hasOwn(input, name) ? (input[name] ?? undefined) : undefined
}

function textOf(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

function lowered(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
  )
}

function elsewhere(segment: string): InvalidInputError {
  const detail = `What is given for ${segment} is empty, or leads to another part of the path: give it a value`
  return new InvalidInputError('tool.invalid-arguments', detail)
}
