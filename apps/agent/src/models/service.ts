import {
  type GeneratedText,
  type GenerateText,
  spenderOf,
  type TaskRef,
  type TaskUsage,
} from '@dure/contracts'
import type { DeltaPublisher, DeltaWriter } from '@dure/platform'
import { type Done, type Executor, sourceOf, type Work } from '../tasks/task.ts'
import type { Models } from './index.ts'
import { failedCallOf, type ModelCall, type ModelCaller, type ModelUsage } from './model-call.ts'

export interface TextGeneratorOptions {
  readonly caller: ModelCaller
  readonly models: Pick<Models, 'defaultId'>
  /** Of one task, where the task itself does not say less. */
  readonly timeoutMs: number
  /** Absent: nobody is told the text before it is whole. */
  readonly deltas?: DeltaPublisher
}

/** Executes `llm` nodes: each is one call of a model. */
export function createTextGenerator(options: TextGeneratorOptions): Executor<GenerateText> {
  const { caller, models, timeoutMs } = options
  /** What tasks had used that failed, or were cancelled: by their input, which nobody else has. */
  const spent = new WeakMap<GenerateText, TaskUsage>()
  return {
    isRepeatable: () => true,

    async execute(work) {
      const telling = tell(work.task, options.deltas)
      try {
        const { text, object, model, responseModel, finishReason, usage } = await caller.call({
          ...callOf(work, timeoutMs),
          onDelta: telling.onDelta,
        })
        const output: GeneratedText = {
          ...{ text, model: responseModel, finishReason },
          ...(object !== undefined && { object }),
        }
        return doneOf(output, taskUsageOf(model, usage))
      } catch (error) {
        const failed = failedCallOf(error)
        if (failed?.usage) spent.set(work.input, taskUsageOf(failed.model, failed.usage))
        throw error
      } finally {
        telling.end()
      }
    },

    failed(input, code) {
      const model = input.model ?? models.defaultId ?? ''
      const usage = spent.get(input)
      return { type: 'model.call-failed', model, code, ...(usage && { usage }) }
    },
  }
}

function callOf(
  { task, input, caller, signal }: Work<GenerateText>,
  timeoutMs: number,
): Omit<ModelCall, 'onDelta'> {
  const { model, fallbackModels = [], system, prompt, temperature, maxOutputTokens } = input
  const { responseSchema, cachePrompt } = input
  return {
    callKey: `${task.taskKey}#${task.attempt}`,
    payer: { tenant: task.tenant, ...spenderOf(caller, task) },
    kind: 'node',
    models:
      model === undefined && fallbackModels.length === 0 ? [] : [model ?? '', ...fallbackModels],
    ...(system !== undefined && { system }),
    messages: [{ role: 'user', content: prompt }],
    ...(temperature !== undefined && { temperature }),
    ...(maxOutputTokens !== undefined && { maxOutputTokens }),
    ...(responseSchema && { outputSchema: responseSchema }),
    ...(cachePrompt !== undefined && { cachePrompt }),
    priority: 'interactive',
    timeoutMs: Math.min(task.timeoutMs, timeoutMs),
    signal,
  }
}

function doneOf(output: GeneratedText, usage: TaskUsage): Done {
  const { finishReason } = output
  return { output, usage, fact: { type: 'model.called', usage, finishReason } }
}

function taskUsageOf(model: string, used: ModelUsage): TaskUsage {
  const { inputTokens, outputTokens, costMicroUsd } = used
  return { model, inputTokens, outputTokens, costMicroUsd }
}

/** An answer that begins anew has deltas that are numbered from the beginning. */
function tell(task: TaskRef, deltas: DeltaPublisher | undefined) {
  let writer: DeltaWriter | undefined
  const end = () => {
    writer?.close()
    writer = undefined
  }
  return {
    end,
    onDelta(delta: Parameters<ModelCall['onDelta']>[0]) {
      if (delta.type === 'restart') end()
      if (delta.type !== 'text') return
      writer ??= deltas?.begin(sourceOf(task))
      writer?.write(delta.text)
    },
  }
}
