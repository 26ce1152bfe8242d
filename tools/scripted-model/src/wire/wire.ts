import { type Answer, estimateTokens, toolCallsOf, type Usage, usageOf } from '../completion.ts'

/** A request, as far as all forms of it have something in common. */
export interface WireRequest {
  readonly model: string
  readonly prompt: string
}

/** How a provider streams an answer. */
export interface Wire {
  readonly contentType: string
  /** The whole answer, in the pieces in which it is sent. */
  stream(request: WireRequest, answer: Answer): readonly Uint8Array[]
}

export function event(data: object, type?: string): Uint8Array {
  const named = type === undefined ? '' : `event: ${type}\n`
  return Buffer.from(`${named}data: ${JSON.stringify(data)}\n\n`)
}

export function wordsOf(text: string): readonly string[] {
  return text.match(/\S+\s*|\s+/g) ?? []
}

export function countOf({ prompt }: WireRequest, answer: Answer): Usage {
  return usageOf(estimateTokens(prompt), answer)
}

export function namedCallsOf(answer: Answer) {
  const calls = answer.kind === 'tool-calls' ? toolCallsOf(answer) : []
  return calls.map(({ id, function: { name, arguments: args } }) => ({ id, name, args }))
}
