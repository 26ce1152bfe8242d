import type { RunRow } from '@dure/engine'
import { type DureError, InvalidInputError } from '@dure/kernel'

/** What a call of a tool gives; with `isError`, the model that called it may do better next time. */
export interface ToolResult {
  readonly content: { type: 'text'; text: string }[]
  readonly structuredContent?: Record<string, unknown>
  readonly isError?: boolean
}

/** Of a completed run: what its `answer` nodes say, and its output as structure and as JSON. */
export function resultOf(output: unknown, said: readonly string[]): ToolResult {
  const isObject = typeof output === 'object' && output !== null && !Array.isArray(output)
  const structured = isObject ? (output as Record<string, unknown>) : {}
  const texts = [...said, JSON.stringify(structured)]
  return {
    content: texts.map((text) => ({ type: 'text', text })),
    structuredContent: structured,
  }
}

export function refusalOf(error: DureError): ToolResult {
  const fields = error instanceof InvalidInputError ? error.fields : []
  const places = fields.map(({ pointer, message }) => {
    const place = pointer.replace(/^#\/input\/?/, '') || 'the arguments'
    return `\n- ${place}: ${message}`
  })
  return errorResult(`${error.code}: ${error.message}${places.join('')}`)
}

/** Of a run that has ended in another way. */
export function failureResultOf({ id, status, error }: RunRow): ToolResult {
  const code = error?.code ?? `run.${status}`
  return errorResult(`${code}: ${error?.message ?? `The run was ${status}`} (${id})`)
}

export function errorResult(text: string): ToolResult {
  return { content: [{ type: 'text', text }], isError: true }
}
