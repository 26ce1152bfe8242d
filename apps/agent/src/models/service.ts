import type { GeneratedText, GenerateText, TaskUsage } from '@dure/contracts'
import { withSpan } from '@dure/platform'
import type { Span } from '@opentelemetry/api'
import { generateText, type LanguageModelUsage } from 'ai'
import type { Done, Executor, Log, Work } from '../tasks/task.ts'
import { costMicroUsd, tokenCount } from './cost.ts'
import { modelFailure, modelTimeout } from './failure.ts'
import type { ChosenModel, Models } from './index.ts'

export interface TextGeneratorOptions {
  readonly models: Models
  /** Of one task, where the task itself does not say less. */
  readonly timeoutMs: number
}

const MAX_RETRIES = 2

// Its warnings would go to the console, past the logger; they are logged with the task instead.
globalThis.AI_SDK_LOG_WARNINGS = false

/**
 * Executes `llm` nodes. The AI SDK itself tries again after 429 and 5xx, twice, and waits as
 * `Retry-After` says. Content is neither logged nor traced.
 */
export function createTextGenerator({
  models,
  timeoutMs,
}: TextGeneratorOptions): Executor<GenerateText> {
  return {
    isRepeatable: () => true,

    async execute(work) {
      const model = models.choose(work.input.model)
      const limitMs = Math.min(work.task.timeoutMs, timeoutMs)
      return withSpan(`chat ${model.id}`, requestAttributes(work, model), async (span) => {
        const timeout = AbortSignal.timeout(limitMs)
        try {
          return await generate(work, model, { timeout, span })
        } catch (error) {
          work.signal.throwIfAborted()
          const failure = timeout.aborted ? modelTimeout(limitMs) : modelFailure(error)
          span.setAttribute('error.type', failure?.code ?? 'task.bug')
          throw failure ?? error
        }
      })
    },

    failed: ({ model }, code) => ({
      type: 'model.call-failed',
      model: model ?? models.defaultId ?? '',
      code,
    }),
  }
}

async function generate(
  { input, signal, log }: Work<GenerateText>,
  { id, languageModel }: ChosenModel,
  { timeout, span }: { readonly timeout: AbortSignal; readonly span: Span },
): Promise<Done> {
  const { text, finishReason, usage, response, warnings } = await generateText({
    model: languageModel,
    prompt: input.prompt,
    ...(input.system !== undefined && { instructions: input.system }),
    ...(input.temperature !== undefined && { temperature: input.temperature }),
    ...(input.maxOutputTokens !== undefined && { maxOutputTokens: input.maxOutputTokens }),
    maxRetries: MAX_RETRIES,
    abortSignal: AbortSignal.any([signal, timeout]),
  })
  if (warnings?.length) log.warn({ warnings, model: id }, 'the model ignores a setting')

  const used = usageOf(id, usage, log)
  span.setAttributes({
    'gen_ai.response.model': response.modelId,
    'gen_ai.response.finish_reasons': [finishReason],
    'gen_ai.usage.input_tokens': used.inputTokens,
    'gen_ai.usage.output_tokens': used.outputTokens,
    'dure.cost_micro_usd': used.costMicroUsd,
  })
  const output: GeneratedText = { text, model: response.modelId, finishReason }
  return { output, usage: used, fact: { type: 'model.called', usage: used, finishReason } }
}

function usageOf(
  model: string,
  counted: Pick<LanguageModelUsage, 'inputTokens' | 'outputTokens'>,
  log: Log,
): TaskUsage {
  const inputTokens = tokenCount(counted.inputTokens)
  const outputTokens = tokenCount(counted.outputTokens)
  const cost = costMicroUsd(model, { inputTokens, outputTokens }, new Date())
  if (cost === undefined) log.warn({ model }, 'no price is known: counted as free')
  return { model, inputTokens, outputTokens, costMicroUsd: cost ?? 0 }
}

/** https://opentelemetry.io/docs/specs/semconv/gen-ai/gen-ai-spans/ */
function requestAttributes({ task, input }: Work<GenerateText>, { id, provider }: ChosenModel) {
  return {
    'gen_ai.operation.name': 'chat',
    'gen_ai.provider.name': provider,
    'gen_ai.request.model': id,
    ...(input.temperature !== undefined && { 'gen_ai.request.temperature': input.temperature }),
    ...(input.maxOutputTokens !== undefined && {
      'gen_ai.request.max_tokens': input.maxOutputTokens,
    }),
    'dure.run_id': task.runId,
    'dure.node_id': task.nodeId,
  }
}
