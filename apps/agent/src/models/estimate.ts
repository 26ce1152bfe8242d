import { atMostTokens } from '@dure/kernel'
import type { ModelMessage } from 'ai'
import type { TokenCount } from './cost.ts'
import type { OfferedTool } from './model-call.ts'

export interface Prompt {
  readonly system?: string | undefined
  readonly messages: readonly ModelMessage[]
  readonly tools?: readonly OfferedTool[] | undefined
  readonly outputSchema?: unknown
}

/** Around each message and each tool. */
const OVERHEAD_TOKENS = 16
/** More than any provider takes for a picture. */
const PICTURE_TOKENS = 4000
/** Of other files, such as pages of a PDF. */
const FILE_BYTES_PER_TOKEN = 8
/** When neither the call nor the table says how long an answer may be. */
const MAX_OUTPUT_TOKENS = 8192

/** At most as many as these go in, and at most as many come out, unless the provider lets more through. */
export function estimateOf(prompt: Prompt, maxOutputTokens: number | null | undefined): TokenCount {
  return {
    inputTokens: estimateInput(prompt),
    outputTokens: maxOutputTokens ?? MAX_OUTPUT_TOKENS,
  }
}

export function estimateInput({ system = '', messages, tools = [], outputSchema }: Prompt): number {
  let files = 0
  const json = JSON.stringify([system, messages, tools, outputSchema ?? ''], (_key, value) => {
    const counted = fileTokens(value)
    files += counted ?? 0
    return counted === undefined ? value : ''
  })
  return atMostTokens(json) + files + OVERHEAD_TOKENS * (1 + messages.length + tools.length)
}

/** @returns undefined for what is no file */
function fileTokens(value: unknown): number | undefined {
  const { type, data, image, mediaType } = Object(value) as Readonly<Record<string, unknown>>
  if (type === 'image' && image !== undefined) return PICTURE_TOKENS
  if (type !== 'file' || data === undefined) return undefined
  if (String(mediaType).startsWith('image')) return PICTURE_TOKENS
  const bytes = typeof data === 'string' ? data.length : Number(Object(data).byteLength ?? 0)
  return Math.max(PICTURE_TOKENS, Math.ceil(bytes / FILE_BYTES_PER_TOKEN))
}
