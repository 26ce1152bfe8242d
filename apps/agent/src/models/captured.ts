import { checkText } from '@dure/kernel'
import { withoutSecrets } from '@dure/platform'
import type { Span } from '@opentelemetry/api'
import type { ModelMessage } from 'ai'
import { Value } from 'typebox/value'
import type { Answer } from './heard.ts'
import type { ModelCall } from './model-call.ts'

/** Of one attribute, in characters: collectors refuse what is much longer. */
const MAX_CHARACTERS = 32_768
const PERSONAL = [{ check: 'pii', action: 'redact', on: 'both' }] as const

/**
 * What was said, in the span of its call: only where the operator asks for it, in the words of OpenTelemetry. Personal data and keys of ours are taken out; what
 * else a prompt holds is there for all who may read traces.
 */
export function traceContent(span: Span, call: ModelCall, answer?: Answer): void {
  if (process.env.OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT !== 'true') return
  if (!answer) {
    const messages = call.messages.map(({ role, content }) => ({ role, parts: partsOf(content) }))
    span.setAttributes({
      ...(call.system && { 'gen_ai.system_instructions': told([words(call.system)]) }),
      'gen_ai.input.messages': told(messages),
    })
    return
  }
  const { text, toolCalls, finishReason } = answer
  const calls = toolCalls.map(({ name, input }) => ({ type: 'tool_call', name, arguments: input }))
  const parts = [...(text === '' ? [] : [words(text)]), ...calls]
  const said = [{ role: 'assistant', parts, finish_reason: finishReason }]
  span.setAttribute('gen_ai.output.messages', told(said))
}

const words = (content: string) => ({ type: 'text', content })

function partsOf(content: ModelMessage['content']): object[] {
  if (typeof content === 'string') return [words(content)]
  return content.map((part) => {
    if (part.type === 'text') return words(part.text)
    if (part.type === 'tool-call') {
      const { toolCallId: id, toolName: name, input } = part
      return { type: 'tool_call', id, name, arguments: input }
    }
    if (part.type !== 'tool-result') return { type: part.type }
    return { type: 'tool_call_response', id: part.toolCallId, response: part.output }
  })
}

function told(value: unknown): string {
  // Looked at before it is cut: the half of a key, or of a number, would not be known for one.
  const json = JSON.stringify(value).slice(0, 2 * MAX_CHARACTERS)
  return withoutSecrets(checkText(json, PERSONAL, Value.Check).text).slice(0, MAX_CHARACTERS)
}
