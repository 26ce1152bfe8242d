import {
  experimental_streamLanguageModelCall as callModel,
  type JSONSchema7,
  jsonSchema,
  type LanguageModel,
  type ModelMessage,
  Output,
  type ProviderMetadata,
  type SystemModelMessage,
  type ToolSet,
  tool,
} from 'ai'
import { answerFailure, modelStall, refusedRequest } from './failure.ts'
import { type Answer, Heard } from './heard.ts'
import type { ModelDelta, OfferedTool } from './model-call.ts'

/** What is sent to one model, once. */
export interface Question {
  readonly system?: string | SystemModelMessage | undefined
  readonly messages: readonly ModelMessage[]
  readonly tools?: readonly OfferedTool[] | undefined
  readonly toolChoice?: 'auto' | 'none' | 'required' | undefined
  /** JSON Schema that the provider itself is told to hold the answer to. */
  readonly responseSchema?: Readonly<Record<string, unknown>> | undefined
  readonly temperature?: number | undefined
  readonly maxOutputTokens?: number | undefined
  readonly providerOptions?: ProviderMetadata | undefined
}

export interface Asking {
  readonly question: Question
  readonly languageModel: LanguageModel
  readonly signal: AbortSignal
  /** How long the model may say nothing once it has begun to speak. */
  readonly idleMs: number
  readonly onDelta: (delta: ModelDelta) => void
  /** Called once, however it ends. */
  readonly onEnd: (heard: Heard) => void
}

/**
 * Asks a model once, and reads its answer as it comes. Nothing is tried again. `streamText` does the same below a loop of
 * steps and copies of the stream that nobody here reads: twice the memory of an answer under way (ADR 0062).
 *
 * @throws BrokenOffError when the answer had begun and did not end: asking again may help
 * @throws DureError for the other failures of the provider; `signal.reason` when it is aborted
 */
export async function readAnswer(asking: Asking): Promise<Answer> {
  const { question, languageModel, signal, idleMs } = asking
  const over = new AbortController()
  const asked = typeof languageModel === 'string' ? languageModel : languageModel.modelId
  const heard = new Heard(asked, asking.onDelta)
  const silence = createSilence(idleMs, () => over.abort(modelStall(idleMs)))
  try {
    const { stream } = await callModel({
      ...settingsOf(question),
      model: languageModel,
      abortSignal: AbortSignal.any([signal, over.signal]),
      includeRawChunks: true,
      download: withoutDownloads,
      _internal: { collectContent: false },
    })
    for await (const part of stream) {
      if (heard.take(part)) silence.restart()
    }
    return heard.whole()
  } catch (error) {
    signal.throwIfAborted()
    over.signal.throwIfAborted()
    throw answerFailure(error, heard.hasBegun)
  } finally {
    silence.end()
    asking.onEnd(heard)
    // Whoever stops reading does not let the model go on.
    over.abort()
  }
}

function settingsOf({ system, messages, tools, responseSchema, ...rest }: Question) {
  const { toolChoice, temperature, maxOutputTokens, providerOptions } = rest
  return {
    messages: [...messages],
    ...(system !== undefined && { instructions: system }),
    ...(tools && tools.length > 0 && { tools: toolSetOf(tools), toolChoice: toolChoice ?? 'auto' }),
    ...(responseSchema && { output: Output.object({ schema: schemaOf(responseSchema) }) }),
    ...(temperature !== undefined && { temperature }),
    ...(maxOutputTokens !== undefined && { maxOutputTokens }),
    ...(providerOptions && { providerOptions }),
  }
}

/** In the order of their names: providers keep the beginning of a prompt as long as it stays the same. */
function toolSetOf(tools: readonly OfferedTool[]): ToolSet {
  return Object.fromEntries(
    tools
      .toSorted((a, b) => (a.name < b.name ? -1 : 1))
      .map(({ name, description, inputSchema }) => [
        name,
        tool({ description, inputSchema: schemaOf(inputSchema) }),
      ]),
  )
}

function schemaOf(schema: Readonly<Record<string, unknown>>) {
  return jsonSchema(schema as JSONSchema7)
}

/** Addresses in messages come from users: the provider may follow them, this process does not. */
async function withoutDownloads(files: readonly { readonly isUrlSupportedByModel: boolean }[]) {
  if (files.every(({ isUrlSupportedByModel }) => isUrlSupportedByModel))
    return files.map(() => null)
  throw refusedRequest('this model takes no addresses of files: send their content')
}

/**
 * Begins with the first word: how long a model thinks before that is limited by the time of the
 * call alone.
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
