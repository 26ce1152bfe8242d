import type { RunResponse } from '../trigger.ts'

export interface HookAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  /** Undefined: none. */
  readonly text: string | undefined
}

/** Of what a workflow makes up, no more than tells what the body is and how long it keeps. */
const SHOWN = new Set(['cache-control', 'content-language', 'content-type', 'etag', 'retry-after'])
const OWN = /^x-(?!dure-|request-id$|content-type-options$|frame-options$)[a-z0-9-]+$/
const VALUE = /^[\x20-\x7e]{0,2000}$/
const WITHOUT_BODY = new Set([204, 205, 304])

/**
 * What a sender is answered with for what a workflow has said. It may have said whatever it was sent:
 * no browser runs that as a page of ours.
 */
export function answerOf({ status, headers, body }: RunResponse): HookAnswer {
  const said = Object.entries(headers)
    .map(([name, value]) => [name.toLowerCase(), value] as const)
    .filter(([name, value]) => (SHOWN.has(name) || OWN.test(name)) && VALUE.test(value))
  const isText = typeof body === 'string'
  const hasBody = body !== undefined && !WITHOUT_BODY.has(status)
  return {
    status,
    headers: {
      ...(hasBody && { 'content-type': isText ? 'text/plain; charset=utf-8' : 'application/json' }),
      ...Object.fromEntries(said),
      'content-security-policy': "sandbox; default-src 'none'",
    },
    text: hasBody ? (isText ? body : JSON.stringify(body)) : undefined,
  }
}
