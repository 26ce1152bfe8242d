import { DureError, failureClassOf } from '@dure/kernel'
import type { ToolResult } from './tool.ts'

/** What a call ends with, and is recorded. */
export type Outcome = Exclude<ToolResult, { readonly status: 'sent' }>
export type Failed = Extract<ToolResult, { readonly status: 'failed' }>

const MAX_OUTPUT_BYTES = 65_536
const MAX_MESSAGE_CHARACTERS = 2000
const MARK = '\n[cut: the result was longer]'

/** What is too long for a model to read is cut, and says so. */
export function succeeded(output: unknown): Outcome {
  const text = JSON.stringify(output ?? null)
  if (Buffer.byteLength(text) <= MAX_OUTPUT_BYTES)
    return { status: 'succeeded', output: output ?? null }
  const whole = typeof output === 'string' ? output : text
  return { status: 'succeeded', output: `${start(whole)}${MARK}` }
}

/** As much as its JSON has room for: each character of it may take up to six bytes, escaped. */
function start(text: string): string {
  let left = MAX_OUTPUT_BYTES - MARK.length - 10
  let end = 0
  for (const character of text) {
    left -= Buffer.byteLength(JSON.stringify(character)) - 2
    if (left < 0) break
    end += character.length
  }
  return text.slice(0, end)
}

export function failed(error: Failed['error']): Failed {
  const message = error.message.slice(0, MAX_MESSAGE_CHARACTERS).toWellFormed()
  return { status: 'failed', error: { ...error, message } }
}

export function failedBy({ code, kind, message }: DureError): Failed {
  return failed({ code, message, class: failureClassOf(kind) })
}

export function unknownOutcome(why: string): Failed {
  const message = `${why} Whether it had an effect is not known, so it is not done again: check at the other side before you try anything else`
  return failed({ code: 'tool.outcome-unknown', message, class: 'unknown-outcome' })
}

/** What nobody had foreseen is nothing that a model should read. */
export function failedByAnything(error: unknown): Failed {
  if (error instanceof DureError) return failedBy(error)
  const message = 'The tool failed in a way that nobody had foreseen: report it'
  return failed({ code: 'tool.bug', message, class: 'internal' })
}
