import type { Answer } from '../http/answer.ts'

/** What an answer breaks: the kind, by which equal findings are counted once, and what was seen. */
export interface Fault {
  readonly kind: string
  readonly what: string
}

export interface Finding extends Fault {
  readonly operationId: string
  /** The smallest request that still shows it. */
  readonly curl: string
}

/** The JSON of an answer; undefined when it is none. */
export function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    return undefined
  }
}

export function shown({ status, body }: Pick<Answer, 'status' | 'body'>): string {
  return `${status} ${body.toString('utf8').slice(0, 600)}`
}

/** The code of a problem, or of an error in the shape of OpenAI or JSON-RPC; undefined when there is none. */
export function codeIn(body: unknown): string | undefined {
  const { code, error } = Object(body) as { readonly code?: unknown; readonly error?: unknown }
  if (typeof code === 'string') return code
  const inside = Object(error) as { readonly code?: unknown; readonly data?: unknown }
  if (typeof inside.code === 'string') return inside.code
  const own = (Object(inside.data) as { readonly code?: unknown }).code
  return typeof own === 'string' ? own : undefined
}
