import type { RunId } from '@dure/contracts'
import type { RunRow } from '@dure/engine'
import { InvalidInputError, NotFoundError } from '@dure/kernel'
import type { OpenAiError } from '@dure/platform'
import type { Static } from 'typebox'
import { isOver } from '../../runs/run-row.ts'
import { secondsOf, settingsIn } from './chat.ts'
import { failureOf, type Outcome } from './outcome.ts'
import type { ResponseRequest, ResponseView } from './response-schema.ts'
import type { Conversation, Message } from './run-input.ts'

export type Response = Static<typeof ResponseView>

/** What a response says of itself that its run does not. */
export interface AskedAs {
  readonly model: string
  readonly background: boolean
  readonly metadata: Readonly<Record<string, string>>
}

/** @throws InvalidInputError `response.not-continued` */
export function conversationIn(body: Static<typeof ResponseRequest>): Conversation {
  for (const name of ['previous_response_id', 'conversation'] as const) {
    if (body[name] != null) throw notContinued(name)
  }
  const { instructions, input, metadata, extra, text, reasoning } = body
  const messages: Message[] = [
    ...(instructions == null ? [] : [{ role: 'system', content: instructions }]),
    ...(typeof input === 'string' ? [{ role: 'user', content: input }] : input),
  ]
  const settings = {
    ...settingsIn(body),
    ...(text?.verbosity && { verbosity: text.verbosity }),
    ...(reasoning && { reasoning }),
  }
  const own = instructions == null ? 0 : 1
  const pointerOf = (index: number) => {
    if (index < own) return '#/instructions'
    return typeof input === 'string' ? '#/input' : `#/input/${index - own}`
  }
  return { messages, metadata, extra, settings, pointerOf }
}

function notContinued(name: string): InvalidInputError {
  return new InvalidInputError(
    'response.not-continued',
    'No response remembers the one before: send the whole conversation as `input`',
    [{ pointer: `#/${name}`, message: 'must be null' }],
  )
}

function responseId(runId: RunId): string {
  return runId.replace('run_', 'resp_')
}

/** @throws NotFoundError `response.not-found` */
export function runIdOf(id: string): RunId {
  if (!/^resp_[0-9a-f]{32}$/.test(id)) throw unknownResponse()
  return id.replace('resp_', 'run_') as RunId
}

export function unknownResponse(): NotFoundError {
  return new NotFoundError('response.not-found', 'There is no such response')
}

export function viewResponse(
  { run, tokens, text }: Outcome,
  { model, background, metadata }: AskedAs,
): Response {
  const usage = {
    input_tokens: tokens.inputTokens,
    input_tokens_details: { cached_tokens: 0, cache_write_tokens: 0 },
    output_tokens: tokens.outputTokens,
    output_tokens_details: { reasoning_tokens: 0 },
    total_tokens: tokens.inputTokens + tokens.outputTokens,
  }
  return {
    ...UNIFORM,
    id: responseId(run.id),
    created_at: secondsOf(run.createdAt),
    completed_at: run.endedAt && secondsOf(run.endedAt),
    status: statusOf(run),
    background,
    error: errorOf(run),
    metadata,
    model,
    output: text === undefined ? [] : [messageOf(run.id, text)],
    usage: isOver(run) ? usage : null,
  }
}

const UNIFORM = {
  object: 'response',
  incomplete_details: null,
  instructions: null,
  parallel_tool_calls: false,
  previous_response_id: null,
  store: true,
  temperature: null,
  text: { format: { type: 'text' as const } },
  tool_choice: 'none',
  tools: [],
  top_p: null,
  truncation: 'disabled',
} as const satisfies Partial<Response>

function statusOf({ status }: RunRow): Response['status'] {
  if (status === 'running' || status === 'paused') return 'in_progress'
  return status === 'timed_out' ? 'failed' : status
}

function errorOf(run: RunRow): Response['error'] {
  if (statusOf(run) !== 'failed') return null
  const { code, message } = failureOf(run).error
  return { code, message }
}

function messageOf(runId: RunId, text: string) {
  return {
    id: runId.replace('run_', 'msg_'),
    type: 'message' as const,
    role: 'assistant' as const,
    status: 'completed' as const,
    content: [partOf(text)],
  }
}

function partOf(text: string) {
  return { type: 'output_text' as const, text, annotations: [], logprobs: [] }
}

/** One event of a streamed response. */
export interface ResponseEvent {
  readonly type: string
  readonly sequence_number: number
}

/**
 * The events of a streamed response, in the order in which the client of OpenAI takes them:
 * https://platform.openai.com/docs/api-reference/responses-streaming
 */
export function eventsOf(asked: AskedAs, runId: RunId) {
  let count = 0
  let said: string | undefined
  const event = (type: string, more: object): ResponseEvent => ({
    ...{ type, sequence_number: count++ },
    ...more,
  })
  const place = { item_id: runId.replace('run_', 'msg_'), output_index: 0, content_index: 0 }

  function begun(): ResponseEvent[] {
    if (said !== undefined) return []
    said = ''
    const item = { ...messageOf(runId, ''), status: 'in_progress', content: [] }
    return [
      event('response.output_item.added', { output_index: 0, item }),
      event('response.content_part.added', { ...place, part: partOf('') }),
    ]
  }

  return {
    created(run: RunRow): ResponseEvent[] {
      const { usage: _usage, ...begins } = viewResponse({ run, tokens: NONE }, asked)
      const fresh = {
        ...begins,
        status: 'in_progress',
        completed_at: null,
        error: null,
        usage: null,
      }
      return ['response.created', 'response.in_progress'].map((type) =>
        event(type, { response: fresh }),
      )
    },

    piece(delta: string): ResponseEvent[] {
      const first = begun()
      said += delta
      return [...first, event('response.output_text.delta', { ...place, delta, logprobs: [] })]
    },

    ended(outcome: Outcome): ResponseEvent[] {
      const response = viewResponse(outcome, asked)
      if (outcome.text === undefined) return [event('response.failed', { response })]
      const { text } = outcome
      return [
        ...begun(),
        event('response.output_text.done', { ...place, text, logprobs: [] }),
        event('response.content_part.done', { ...place, part: partOf(text) }),
        event('response.output_item.done', { output_index: 0, item: messageOf(runId, text) }),
        event('response.completed', { response }),
      ]
    },

    failed: ({ error: { code, message } }: OpenAiError): ResponseEvent[] => [
      event('error', { code, message, param: null }),
    ],
  }
}

const NONE = { inputTokens: 0, outputTokens: 0 }
