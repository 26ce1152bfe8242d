import { setTimeout as sleep } from 'node:timers/promises'
import type { GeneratedText, GenerateText, TaskUsage } from '@dure/contracts'
import { type DeltaPublisher, withSpan } from '@dure/platform'
import type { Span } from '@opentelemetry/api'
import type { Done, Executor, Log, Work } from '../tasks/task.ts'
import { type Answer, readAnswer } from './answer.ts'
import { costMicroUsd, type TokenCount } from './cost.ts'
import { BrokenOffError, modelFailure, modelTimeout } from './failure.ts'
import type { ChosenModel, Models } from './index.ts'

export interface TextGeneratorOptions {
  readonly models: Models
  /** Of one task, where the task itself does not say less. */
  readonly timeoutMs: number
  /** Absent: nobody is told the text before it is whole. */
  readonly deltas?: DeltaPublisher
  /** How long a model may be silent in the middle of its answer. */
  readonly idleMs?: number
}

const IDLE_MS = 30_000
const MAX_RETRIES = 2
/** Before an answer that broke off is asked for again, and twice as much before the next time. */
const BACKOFF_MS = 250

// Its warnings would go to the console, past the logger; they are logged with the task instead.
globalThis.AI_SDK_LOG_WARNINGS = false

/**
 * Executes `llm` nodes. Before an answer begins, the AI SDK itself tries again after 429 and 5xx,
 * twice, and waits as `Retry-After` says; an answer that breaks off is asked for again, twice. What
 * the provider says that a try has used is counted, whatever became of it. Content is neither logged
 * nor traced.
 */
export function createTextGenerator(options: TextGeneratorOptions): Executor<GenerateText> {
  const { models, timeoutMs } = options
  /** What tasks had used that failed, or were cancelled: by their input, which nobody else has. */
  const spent = new WeakMap<GenerateText, TaskUsage>()
  return {
    isRepeatable: () => true,

    async execute(work) {
      const model = models.choose(work.input.model)
      const limitMs = Math.min(work.task.timeoutMs, timeoutMs)
      return withSpan(`chat ${model.id}`, requestAttributes(work, model), async (span) => {
        const timeout = AbortSignal.timeout(limitMs)
        const tally = createTally()
        try {
          return await generate(work, { ...options, model, timeout, span, tally })
        } catch (error) {
          const used = tally.sum()
          if (used) spent.set(work.input, usageOf(model.id, used, work.log))
          work.signal.throwIfAborted()
          const failure = timeout.aborted ? modelTimeout(limitMs) : modelFailure(error)
          span.setAttribute('error.type', failure?.code ?? 'task.bug')
          throw failure ?? error
        }
      })
    },

    failed(input, code) {
      const model = input.model ?? models.defaultId ?? ''
      const usage = spent.get(input)
      return { type: 'model.call-failed', model, code, ...(usage && { usage }) }
    },
  }
}

interface Call extends Pick<TextGeneratorOptions, 'deltas' | 'idleMs'> {
  readonly model: ChosenModel
  readonly timeout: AbortSignal
  readonly span: Span
  readonly tally: Tally
}

async function generate(work: Work<GenerateText>, call: Call): Promise<Done> {
  const { log } = work
  const { id } = call.model
  const { text, model, finishReason, warnings } = await answerOf(work, call)
  if (warnings.length > 0) log.warn({ warnings, model: id }, 'the model ignores a setting')

  const used = usageOf(id, call.tally.sum(), log)
  call.span.setAttributes({
    'gen_ai.response.model': model,
    'gen_ai.response.finish_reasons': [finishReason],
    'gen_ai.usage.input_tokens': used.inputTokens,
    'gen_ai.usage.output_tokens': used.outputTokens,
    'dure.cost_micro_usd': used.costMicroUsd,
  })
  const output: GeneratedText = { text, model, finishReason }
  return { output, usage: used, fact: { type: 'model.called', usage: used, finishReason } }
}

/** Asks again when an answer breaks off: its deltas are then numbered from the beginning. */
async function answerOf(
  { task, input, signal }: Work<GenerateText>,
  { deltas, idleMs = IDLE_MS, model, timeout, tally }: Call,
): Promise<Answer> {
  const { languageModel } = model
  const onUsed = tally.add
  const stop = AbortSignal.any([signal, timeout])
  for (let tries = 1; ; tries += 1) {
    const writer = deltas?.begin(sourceOf(task))
    const onText = (text: string) => writer?.write(text)
    try {
      return await readAnswer({ input, languageModel, signal: stop, idleMs, onText, onUsed })
    } catch (error) {
      if (!(error instanceof BrokenOffError) || tries > MAX_RETRIES) throw error
      await sleep(BACKOFF_MS * tries, undefined, { signal: stop })
    } finally {
      writer?.close()
    }
  }
}

function sourceOf({ runId, nodeId, taskKey, attempt }: Work<GenerateText>['task']) {
  const path = taskKey.slice(taskKey.indexOf('/') + 1)
  return { runId, nodeId, ...(path !== nodeId && { path }), attempt }
}

type Tally = ReturnType<typeof createTally>

/** What all tries have used together. */
function createTally() {
  let sum: TokenCount | undefined
  return {
    add(used: TokenCount | undefined) {
      if (used === undefined) return
      sum = {
        inputTokens: (sum?.inputTokens ?? 0) + used.inputTokens,
        outputTokens: (sum?.outputTokens ?? 0) + used.outputTokens,
      }
    },
    sum: () => sum,
  }
}

function usageOf(model: string, counted: TokenCount | undefined, log: Log): TaskUsage {
  if (counted === undefined) log.warn({ model }, 'no usage is reported: counted as free')
  const used = counted ?? { inputTokens: 0, outputTokens: 0 }
  const cost = costMicroUsd(model, used, new Date())
  if (cost === undefined) log.warn({ model }, 'no price is known: counted as free')
  return { model, ...used, costMicroUsd: cost ?? 0 }
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
