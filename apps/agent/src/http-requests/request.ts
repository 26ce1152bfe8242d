import type { SendHttpRequest } from '@dure/contracts'

/** RFC 9110, 9.2.1: these only read. */
const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD'])

/** Whether sending it twice has the effect of sending it once. */
export function isRepeatable({ method, idempotent }: SendHttpRequest): boolean {
  return idempotent || SAFE_METHODS.has(method)
}

export interface Content {
  readonly body?: string
  readonly headers: Readonly<Record<string, string>>
}

/** A text is sent as it is, everything else as JSON, with the media type unless the node names one. */
export function contentOf({ method, headers, body }: SendHttpRequest): Content {
  const lower = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
  )
  if (body === undefined || SAFE_METHODS.has(method)) return { headers: lower }
  const [text, type] =
    typeof body === 'string'
      ? [body, 'text/plain; charset=utf-8']
      : [JSON.stringify(body), 'application/json']
  return { body: text, headers: { 'content-type': type, ...lower } }
}

/** For events and traces; a URL that is none has no host. */
export function hostOf({ url }: SendHttpRequest): string {
  return URL.parse(url)?.host ?? ''
}
