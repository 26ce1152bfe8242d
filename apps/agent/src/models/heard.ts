import type { TextStreamPart, ToolSet } from 'ai'
import { type TokenCount, tokenCount } from './cost.ts'
import { BrokenOffError } from './failure.ts'
import type { ModelDelta, ModelToolCall } from './model-call.ts'
import { usageIn } from './raw-usage.ts'

type Part = TextStreamPart<ToolSet>
type ToolCallPart = Extract<Part, { type: 'tool-call' }>

/** The answer of a model to one request. */
export interface Answer {
  readonly text: string
  readonly reasoning: string
  readonly toolCalls: readonly ModelToolCall[]
  /** As the provider names it: often a day's state of what was asked for. */
  readonly responseModel: string
  readonly finishReason: string
  readonly warnings: readonly unknown[]
}

/** As much as a node may give, in UTF-16 units; as much again for the reasoning, and all arguments. */
const MAX_UNITS = 4_194_304
/** Several times what any provider lets a model call at once. */
const MAX_TOOL_CALLS = 128

export type Heard = ReturnType<typeof createHeard>

/** What has come so far of one answer. */
export function createHeard(onDelta: (delta: ModelDelta) => void) {
  const said = { text: '', reasoning: '', 'tool-input': '' }
  const toolCalls: ModelToolCall[] = []
  const toolNames = new Map<string, string>()
  let hasBegun = false
  let used: TokenCount | undefined
  let warnings: readonly unknown[] = []
  let end: Pick<Answer, 'responseModel' | 'finishReason'> | undefined

  function add(kind: keyof typeof said, piece: string): void {
    said[kind] += piece
    if (said[kind].length > MAX_UNITS) {
      throw new RangeError(`The answer has more than ${MAX_UNITS} characters`)
    }
  }

  function counted(more: number): void {
    if (more > MAX_TOOL_CALLS) throw new RangeError(`The answer calls over ${MAX_TOOL_CALLS} tools`)
  }

  /** @returns whether the model spoke, and may fall silent from now on */
  function take(part: Part): boolean {
    switch (part.type) {
      case 'error':
        throw part.error
      case 'start-step':
        warnings = part.warnings
        return false
      case 'raw':
        hasBegun = true
        used = usageIn(part.rawValue, used) ?? used
        return false
      case 'text-delta':
      case 'reasoning-delta': {
        const type = part.type === 'text-delta' ? 'text' : 'reasoning'
        add(type, part.text)
        onDelta({ type, text: part.text })
        return true
      }
      case 'tool-input-start':
        toolNames.set(part.id, part.toolName)
        counted(toolNames.size)
        return true
      case 'tool-input-delta': {
        add('tool-input', part.delta)
        const name = toolNames.get(part.id) ?? ''
        onDelta({ type: 'tool-input', callId: part.id, name, text: part.delta })
        return true
      }
      case 'tool-call':
        counted(toolCalls.push(toolCallOf(part)))
        return true
      case 'finish-step':
        end = { responseModel: part.response.modelId, finishReason: part.finishReason }
        used = countOf(part.usage) ?? used
        return false
      default:
        return false
    }
  }

  return {
    take,
    hasBegun: () => hasBegun,
    used: () => used,
    text: () => said.text,
    /** All that the model wrote, for what it cost when nobody says. */
    written: () => said.text + said.reasoning + said['tool-input'],

    whole(): Answer {
      // An abort ends the stream without an error: whoever aborted says why.
      if (end === undefined) throw new BrokenOffError()
      const { text, reasoning } = said
      return { text, reasoning, toolCalls, ...end, warnings }
    },
  }
}

/** A tool that nobody offered is no mistake of the arguments: whoever runs the loop says so. */
function toolCallOf(part: ToolCallPart): ModelToolCall {
  const { toolCallId: id, toolName: name, input } = part
  if (!part.invalid || typeof input !== 'string') return { id, name, input }
  if (input.trim() === '') return { id, name, input: {} }
  return { id, name, input: undefined, invalid: input }
}

type Usage = Extract<Part, { type: 'finish-step' }>['usage']

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
