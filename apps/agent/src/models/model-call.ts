import type { PaidKind, Spender, Tenant } from '@dure/contracts'
import type { AssistantModelMessage, ModelMessage } from 'ai'

/** Whose money it is. An absent part has no budget of its own. */
export interface Payer extends Readonly<Spender> {
  readonly tenant: Tenant
}

/** As other services are told of it. */
export function spenderIn({ tenant: _, ...spender }: Payer): Spender {
  return spender
}

/** A tool as a model is told of it. Whether and how it is called is decided by whoever offers it. */
export interface OfferedTool {
  readonly name: string
  readonly description: string
  /** JSON Schema. */
  readonly inputSchema: Readonly<Record<string, unknown>>
}

export type ModelDelta =
  | { readonly type: 'text' | 'reasoning'; readonly text: string }
  | {
      readonly type: 'tool-input'
      readonly callId: string
      readonly name: string
      readonly text: string
    }
  /** What was said so far is void: the answer broke off, and begins anew. */
  | { readonly type: 'restart' }

/** What may still be spent on a call, with all its attempts. */
export interface Spendable {
  readonly microUsd: number
  readonly tokens: number
}

export interface ModelCall {
  /** Stable name of the call, the same after a crash: each of its attempts is booked under it. */
  readonly callKey: string
  readonly payer: Payer
  /** What it is for: each of its attempts is told of with that. */
  readonly kind: PaidKind
  /** The wanted one first, fallbacks after it. Empty: the default of the installation. */
  readonly models: readonly string[]
  readonly system?: string
  readonly messages: readonly ModelMessage[]
  readonly tools?: readonly OfferedTool[]
  readonly toolChoice?: 'auto' | 'none' | 'required'
  /** JSON Schema of an answer in JSON. One that does not meet it is asked for again, twice. */
  readonly outputSchema?: Readonly<Record<string, unknown>>
  readonly temperature?: number
  readonly maxOutputTokens?: number
  /** Answers of before that did not meet it, each with what was said of it: the call goes on from there. */
  readonly corrections?: readonly ModelMessage[]
  /** What would take more is not asked; an answer that ends since it may be no longer is a failure. */
  readonly left?: Spendable
  /** Asks the provider to keep the beginning of the prompt, where it has to be asked. */
  readonly cachePrompt?: boolean
  readonly priority: 'interactive' | 'background'
  /** For all of it: waiting, retries, fallbacks and repairs. */
  readonly timeoutMs: number
  readonly signal: AbortSignal
  readonly onDelta: (delta: ModelDelta) => void
}

export interface ModelToolCall {
  readonly id: string
  readonly name: string
  readonly input: unknown
  /** The arguments as the model wrote them, when they are no JSON. */
  readonly invalid?: string
}

/** What all tries together took, broken off ones included. */
export interface ModelUsage {
  readonly inputTokens: number
  readonly outputTokens: number
  readonly cachedInputTokens?: number
  readonly costMicroUsd: number
}

export interface ModelReply {
  readonly text: string
  readonly reasoning?: string
  /** When `outputSchema` was given, and the answer is not calls of tools. */
  readonly object?: unknown
  readonly toolCalls: readonly ModelToolCall[]
  /** All of it as the next call of a conversation has it, with what only its provider understands. */
  readonly message: AssistantModelMessage
  /** The one that answered. */
  readonly model: string
  readonly provider: string
  /** As the provider names it: often a day's state of what was asked for. */
  readonly responseModel: string
  /** `stop`, `length`, `tool-calls`, `content-filter`, `other` … */
  readonly finishReason: string
  readonly usage: ModelUsage
}

/** What there is of a call that failed all the same. */
export interface FailedCall {
  /** What the last try had said before it failed. */
  readonly partial: string
  readonly model: string
  /** Absent: no provider had begun to work on it. */
  readonly usage?: ModelUsage
  /** Answers that are paid for and did not meet the schema: who makes the call again gives them back. */
  readonly corrections?: readonly ModelMessage[]
}

export interface ModelCaller {
  /**
   * One answer of a model: waits for its turn, tries again, falls back, reserves money and settles it.
   *
   * @throws DureError `model.…`, `budget.exceeded`, `agent.max-cost`, `agent.max-tokens`; `failedCallOf` says what it took nevertheless
   * @throws `signal.reason` when it is aborted
   */
  call(call: ModelCall): Promise<ModelReply>
}

const failedCalls = new WeakMap<object, FailedCall>()

/** Of what `ModelCaller.call` threw, also when it was aborted. */
export function failedCallOf(error: unknown): FailedCall | undefined {
  return typeof error === 'object' && error !== null ? failedCalls.get(error) : undefined
}

export function withFailedCall<Failure>(error: Failure, call: FailedCall): Failure {
  if (typeof error === 'object' && error !== null) failedCalls.set(error, call)
  return error
}
