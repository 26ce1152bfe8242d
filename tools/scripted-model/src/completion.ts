import type { Reply, ToolCall } from './reply.ts'

/** What a client sends to `POST /v1/chat/completions`, as far as it matters here. */
export interface ModelRequest {
  readonly model: string
  readonly messages: readonly ModelMessage[]
  readonly stream?: boolean
  readonly stream_options?: { readonly include_usage?: boolean }
  readonly [setting: string]: unknown
}

export interface ModelMessage {
  readonly role: string
  readonly content: unknown
}

/** The replies that are an answer; the others are failures of the transport. */
export type Answer = Extract<Reply, { kind: 'text' | 'tool-calls' }>

const CREATED_AT_S = 1_700_000_000
const BYTES_PER_TOKEN = 4

/**
 * A stand-in for a tokenizer: one token per four bytes of UTF-8, rounded up. About right for English
 * (OpenAI's rule of thumb is four characters), and for Korean, at three bytes a syllable, 0.75
 * tokens each.
 */
export function estimateTokens(content: string): number {
  return Math.ceil(Buffer.byteLength(content) / BYTES_PER_TOKEN)
}

/** All that a person or a program said in one message, whether sent as text or as parts. */
export function textOf({ content }: ModelMessage): string {
  if (typeof content === 'string') return content
  if (!Array.isArray(content)) return ''
  return content.map((part: { text?: unknown }) => String(part?.text ?? '')).join('')
}

export interface Usage {
  readonly prompt_tokens: number
  readonly completion_tokens: number
  readonly total_tokens: number
}

function usageOfRequest({ messages }: ModelRequest, answer: Answer): Usage {
  return usageOf(estimateTokens(messages.map(textOf).join('\n')), answer)
}

export function usageOf(prompt_tokens: number, answer: Answer): Usage {
  const completion_tokens = estimateTokens(
    answer.kind === 'text' ? answer.text : JSON.stringify(answer.calls),
  )
  return { prompt_tokens, completion_tokens, total_tokens: prompt_tokens + completion_tokens }
}

/** The beginning of an answer, without a reason to stop. */
export function begunChunks(
  request: ModelRequest,
  { text, reportsUsage = false }: { readonly text: string; readonly reportsUsage?: boolean },
  id: string,
): object[] {
  const answer: Answer = { kind: 'text', text, finishReason: 'stop' }
  const begun = chunks({ ...request, stream_options: {} }, answer, id).slice(0, -1)
  const usage = usageOfRequest(request, answer)
  return reportsUsage ? begun.map((chunk) => ({ ...chunk, usage })) : begun
}

/** The whole answer as one `chat.completion`. */
export function completion(request: ModelRequest, answer: Answer, id: string) {
  return {
    id,
    object: 'chat.completion',
    created: CREATED_AT_S,
    model: request.model,
    choices: [
      {
        index: 0,
        message: { role: 'assistant', ...contentOf(answer) },
        finish_reason: finishReasonOf(answer),
      },
    ],
    usage: usageOfRequest(request, answer),
  }
}

/**
 * The same answer word by word, as `chat.completion.chunk`s. The last one carries the usage, if that
 * was asked for: https://platform.openai.com/docs/api-reference/chat/create
 */
export function chunks(request: ModelRequest, answer: Answer, id: string): object[] {
  const head = {
    id,
    object: 'chat.completion.chunk',
    created: CREATED_AT_S,
    model: request.model,
  }
  const choice = (delta: object, finish_reason: string | null = null) => ({
    ...head,
    choices: [{ index: 0, delta, finish_reason }],
  })
  const thoughts = wordsIn(answer.reasoning).map((word) => ({ reasoning_content: word }))
  const words = wordsIn(answer.text).map((content) => ({ content }))
  const calls = answer.kind === 'text' ? [] : toolCallsOf(answer)
  const deltas = [
    ...[...thoughts, ...words],
    ...calls.map((call, index) => ({ tool_calls: [{ index, ...call }] })),
  ]
  return [
    choice({ role: 'assistant', content: '' }),
    ...deltas.map((delta) => choice(delta)),
    choice({}, finishReasonOf(answer)),
    ...(request.stream_options?.include_usage
      ? [{ ...head, choices: [], usage: usageOfRequest(request, answer) }]
      : []),
  ]
}

function wordsIn(text = ''): string[] {
  return text.match(/\S+\s*|\s+/g) ?? []
}

function contentOf(answer: Answer) {
  if (answer.kind === 'text') return { content: answer.text }
  return { content: answer.text ?? null, tool_calls: toolCallsOf(answer) }
}

export function toolCallsOf({ calls }: Extract<Answer, { kind: 'tool-calls' }>) {
  return calls.map((call, index) => ({
    id: `call_${index + 1}`,
    type: 'function',
    function: { name: call.name, arguments: argumentsOf(call) },
  }))
}

function argumentsOf(call: ToolCall): string {
  return 'raw' in call ? call.raw : JSON.stringify(call.arguments)
}

function finishReasonOf(answer: Answer): string {
  return answer.kind === 'text' ? answer.finishReason : 'tool_calls'
}
