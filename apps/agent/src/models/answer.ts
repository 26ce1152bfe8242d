import type { GenerateText } from '@dure/contracts'
import { type LanguageModel, streamText, type TextStreamPart, type ToolSet } from 'ai'
import { type TokenCount, tokenCount } from './cost.ts'
import { answerFailure, BrokenOffError, modelStall } from './failure.ts'

export interface Question {
  readonly input: GenerateText
  readonly languageModel: LanguageModel
  readonly signal: AbortSignal
  /** How long the model may say nothing once it has begun to speak. */
  readonly idleMs: number
  /** Called with each piece of the text, in order. */
  readonly onText: (text: string) => void
  /** Called once, however it ends; with nothing when the provider does not say what was used. */
  readonly onUsed: (used: TokenCount | undefined) => void
}

export interface Answer {
  readonly text: string
  readonly model: string
  readonly finishReason: string
  readonly warnings: readonly unknown[]
}

type Part = TextStreamPart<ToolSet>

/** Of the AI SDK: before an answer begins, it tries again after 429 and 5xx, as `Retry-After` says. */
const MAX_RETRIES = 2
/** As much as a node may give, in UTF-16 units. */
const MAX_TEXT_UNITS = 4_194_304

/**
 * Asks a model once, and reads its answer as it comes.
 *
 * @throws BrokenOffError when the answer had begun and did not end: asking again may help
 * @throws DureError for the other failures of the provider; `signal.reason` when it is aborted
 */
export async function readAnswer(question: Question): Promise<Answer> {
  const { input, languageModel, signal, idleMs } = question
  const over = new AbortController()
  const heard = createHeard(question.onText)
  const silence = createSilence(idleMs, () => over.abort(modelStall(idleMs)))
  try {
    const { fullStream } = streamText({
      model: languageModel,
      prompt: input.prompt,
      ...(input.system !== undefined && { instructions: input.system }),
      ...(input.temperature !== undefined && { temperature: input.temperature }),
      ...(input.maxOutputTokens !== undefined && { maxOutputTokens: input.maxOutputTokens }),
      maxRetries: MAX_RETRIES,
      abortSignal: AbortSignal.any([signal, over.signal]),
      include: { rawChunks: true },
      // It comes with the stream. Without this, it would be written to the console as well.
      onError: () => {},
    })
    for await (const part of fullStream) {
      if (heard.take(part)) silence.restart()
    }
    return heard.whole()
  } catch (error) {
    signal.throwIfAborted()
    over.signal.throwIfAborted()
    throw answerFailure(error, heard.hasBegun())
  } finally {
    silence.end()
    question.onUsed(heard.used())
    // Whoever stops reading does not let the model go on.
    over.abort()
  }
}

/** What has come so far. */
function createHeard(onText: (text: string) => void) {
  let text = ''
  let hasBegun = false
  let used: TokenCount | undefined
  let warnings: readonly unknown[] = []
  let end: Pick<Answer, 'model' | 'finishReason'> | undefined

  function add(piece: string): void {
    text += piece
    if (text.length > MAX_TEXT_UNITS) {
      throw new RangeError(`The answer has more than ${MAX_TEXT_UNITS} characters`)
    }
    onText(piece)
  }

  return {
    hasBegun: () => hasBegun,
    used: () => used,

    /** @returns whether the model spoke, and may fall silent from now on */
    take(part: Part): boolean {
      switch (part.type) {
        case 'error':
          throw part.error
        case 'start-step':
          warnings = part.warnings
          return false
        case 'raw':
          hasBegun = true
          used = usageIn(part.rawValue) ?? used
          return false
        case 'text-delta':
          add(part.text)
          return true
        case 'reasoning-delta':
        case 'tool-input-delta':
          return true
        case 'finish-step':
          end = { model: part.response.modelId, finishReason: part.finishReason }
          used = countOf(part.usage.inputTokens, part.usage.outputTokens) ?? used
          return false
        default:
          return false
      }
    },

    whole(): Answer {
      // An abort ends the stream without an error: whoever aborted says why.
      if (end === undefined) throw new BrokenOffError()
      return { text, ...end, warnings }
    },
  }
}

/**
 * Begins with the first word: how long a model thinks before that is limited by the time of the
 * task alone.
 */
function createSilence(idleMs: number, onSilence: () => void) {
  let timer: NodeJS.Timeout | undefined
  return {
    restart() {
      if (timer) timer.refresh()
      else timer = setTimeout(onSilence, idleMs)
    },
    end: () => clearTimeout(timer),
  }
}

/** OpenAI's form. Most say it at the end, some with every chunk: then it counts what was broken off. */
function usageIn(raw: unknown): TokenCount | undefined {
  const { usage } = Object(raw) as { usage?: unknown }
  const { prompt_tokens: input, completion_tokens: output } = Object(usage) as Record<
    string,
    unknown
  >
  return typeof input === 'number' && typeof output === 'number'
    ? countOf(input, output)
    : undefined
}

function countOf(input?: number, output?: number): TokenCount | undefined {
  if (input === undefined && output === undefined) return undefined
  return { inputTokens: tokenCount(input), outputTokens: tokenCount(output) }
}
