import type {
  AssistantContent,
  AssistantModelMessage,
  experimental_streamLanguageModelCall as callModel,
  ToolSet,
} from 'ai'
import { type TokenCount, tokenCount } from './cost.ts'
import { BrokenOffError } from './failure.ts'
import type { ModelDelta, ModelToolCall } from './model-call.ts'
import { usageIn } from './raw-usage.ts'

type Called = Awaited<ReturnType<typeof callModel<ToolSet>>>
type Part = Called['stream'] extends AsyncIterable<infer One> ? One : never
type ToolCallPart = Extract<Part, { type: 'tool-call' }>

/** The answer of a model to one request. */
export interface Answer {
  readonly text: string
  readonly reasoning: string
  readonly toolCalls: readonly ModelToolCall[]
  readonly message: AssistantModelMessage
  /** As the provider names it: often a day's state of what was asked for. */
  readonly responseModel: string
  readonly finishReason: string
  readonly warnings: readonly unknown[]
}

/** As much as a node may give, in UTF-16 units; as much again for the reasoning, and all arguments. */
const MAX_UNITS = 4_194_304
/** Several times what any provider lets a model call at once. */
const MAX_PARTS = 128

/** What has come so far of one answer. */
export class Heard {
  readonly #onDelta: (delta: ModelDelta) => void
  readonly #said = { text: '', reasoning: '', 'tool-input': '' }
  readonly #calls: ToolCallPart[] = []
  readonly #toolNames = new Map<string, string>()
  readonly #thoughts = new Map<string, ReasoningPart>()
  #textSigned: ReasoningPart['providerOptions']
  #hasBegun = false
  #used: TokenCount | undefined
  #warnings: readonly unknown[] = []
  #responseModel: string
  #finishReason: string | undefined

  constructor(model: string, onDelta: (delta: ModelDelta) => void) {
    this.#responseModel = model
    this.#onDelta = onDelta
  }

  /** Whether the provider has begun to answer with anything at all. */
  get hasBegun(): boolean {
    return this.#hasBegun
  }

  get used(): TokenCount | undefined {
    return this.#used
  }

  get text(): string {
    return this.#said.text
  }

  /** All that the model wrote, for what it cost when nobody says. */
  get written(): string {
    const { text, reasoning, 'tool-input': input } = this.#said
    return text + reasoning + input
  }

  /** @returns whether the model spoke, and may fall silent from now on */
  take(part: Part): boolean {
    switch (part.type) {
      case 'error':
        throw part.error
      case 'model-call-start':
        this.#warnings = part.warnings
        return false
      case 'raw':
        this.#hasBegun = true
        this.#used = usageIn(part.rawValue, this.#used) ?? this.#used
        return false
      case 'model-call-response-metadata':
        this.#responseModel = part.modelId ?? this.#responseModel
        return false
      case 'model-call-end':
        this.#finishReason = part.finishReason
        this.#used = countOf(part.usage) ?? this.#used
        return false
      default:
        return this.#takeWords(part) || this.#takeCalls(part)
    }
  }

  /** @throws BrokenOffError when it never came to its end */
  whole(): Answer {
    // An abort ends the stream without an error: whoever aborted says why.
    if (this.#finishReason === undefined) throw new BrokenOffError()
    const { text, reasoning } = this.#said
    return {
      ...{ text, reasoning, toolCalls: this.#calls.map(toolCallOf) },
      message: messageOf(
        { text, signed: this.#textSigned },
        [...this.#thoughts.values()],
        this.#calls,
      ),
      ...{ responseModel: this.#responseModel, finishReason: this.#finishReason },
      warnings: this.#warnings,
    }
  }

  #takeWords(part: Part): boolean {
    switch (part.type) {
      case 'text-delta':
        this.#add('text', part.text)
        // Of a text in pieces, the last one is signed. Names of items come at its beginning and end, and are no signature.
        this.#textSigned = part.providerMetadata ?? this.#textSigned
        this.#onDelta({ type: 'text', text: part.text })
        return true
      case 'reasoning-delta':
        this.#add('reasoning', part.text)
        this.#think(part.id, part.text, part.providerMetadata)
        this.#onDelta({ type: 'reasoning', text: part.text })
        return true
      case 'reasoning-end':
        this.#think(part.id, '', part.providerMetadata)
        return true
      default:
        return false
    }
  }

  #takeCalls(part: Part): boolean {
    switch (part.type) {
      case 'tool-input-start':
        this.#toolNames.set(part.id, part.toolName)
        counted(this.#toolNames.size)
        return true
      case 'tool-input-delta': {
        this.#add('tool-input', part.delta)
        const name = this.#toolNames.get(part.id) ?? ''
        this.#onDelta({ type: 'tool-input', callId: part.id, name, text: part.delta })
        return true
      }
      case 'tool-call':
        counted(this.#calls.push(part))
        return true
      default:
        return false
    }
  }

  #add(kind: 'text' | 'reasoning' | 'tool-input', piece: string): void {
    this.#said[kind] += piece
    if (this.#said[kind].length > MAX_UNITS) {
      throw new RangeError(`The answer has more than ${MAX_UNITS} characters`)
    }
  }

  #think(id: string, text: string, signed: ReasoningPart['providerOptions']): void {
    const before = this.#thoughts.get(id) ?? { type: 'reasoning', text: '' }
    const signature = signed && { providerOptions: signed }
    this.#thoughts.set(id, { ...before, text: before.text + text, ...signature })
    counted(this.#thoughts.size)
  }
}

function counted(parts: number): void {
  if (parts > MAX_PARTS) throw new RangeError(`The answer has more than ${MAX_PARTS} calls`)
}

type ReasoningPart = Extract<Exclude<AssistantContent, string>[number], { type: 'reasoning' }>

/** Thoughts are given back to a provider that has signed them, for it asks for them; signatures of texts and calls as well. */
function messageOf(
  { text, signed }: { readonly text: string; readonly signed: ReasoningPart['providerOptions'] },
  thoughts: readonly ReasoningPart[],
  calls: readonly ToolCallPart[],
): AssistantModelMessage {
  return {
    role: 'assistant',
    content: [
      ...thoughts.filter(({ providerOptions }) => providerOptions !== undefined),
      ...(text === ''
        ? []
        : [{ type: 'text' as const, text, ...(signed && { providerOptions: signed }) }]),
      ...calls.map(({ toolCallId, toolName, input, providerMetadata }) => ({
        ...{ type: 'tool-call' as const, toolCallId, toolName },
        input: typeof input === 'string' ? {} : input,
        ...(providerMetadata && { providerOptions: providerMetadata }),
      })),
    ],
  }
}

/** A tool that nobody offered is no mistake of the arguments: whoever runs the loop says so. */
function toolCallOf(part: ToolCallPart): ModelToolCall {
  const { toolCallId: id, toolName: name, input } = part
  if (!part.invalid || typeof input !== 'string') return { id, name, input }
  if (input.trim() === '') return { id, name, input: {} }
  return { id, name, input: undefined, invalid: input }
}

type Usage = Extract<Part, { type: 'model-call-end' }>['usage']

function countOf({
  inputTokens: input,
  outputTokens: output,
  inputTokenDetails: details,
}: Usage): TokenCount | undefined {
  if (input === undefined && output === undefined) return undefined
  return {
    inputTokens: tokenCount(input),
    outputTokens: tokenCount(output),
    cachedInputTokens: tokenCount(details.cacheReadTokens),
    cacheWriteTokens: tokenCount(details.cacheWriteTokens),
  }
}
