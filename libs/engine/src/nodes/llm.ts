import { agentQueue, GeneratedText, GenerateText, outgoing } from '@dure/contracts'
import { Type } from 'typebox'
import { renderText } from '../expressions/template.ts'
import { defineTaskNode, OUT, Template } from './define.ts'

const { model, temperature, maxOutputTokens, fallbackModels, cachePrompt } = GenerateText.properties

const ResponseSchema = Type.Record(Type.String(), Type.Unknown(), {
  maxProperties: 100,
  description: 'JSON Schema of the answer, which then comes as `object`, too',
  examples: [{ type: 'object', properties: { city: { type: 'string' } }, required: ['city'] }],
})

export const llm = defineTaskNode({
  type: 'llm',
  title: 'Language model',
  description:
    'Asks a language model; its data is { text, model, finishReason }, with a responseSchema also object',
  ports: [OUT],
  effect: () => 'read',
  defaultTimeoutMs: 120_000,
  output: GeneratedText,
  config: Type.Object(
    {
      model,
      system: Type.Optional(Template('what the model is told about its task', 100_000)),
      prompt: Template('what the model is asked', 100_000),
      temperature,
      maxOutputTokens,
      fallbackModels,
      responseSchema: Type.Optional(ResponseSchema),
      cachePrompt,
    },
    { additionalProperties: false },
  ),
  message: ({ system, prompt, ...options }, scope, task, caller) =>
    outgoing(agentQueue, 'task.generate-text', {
      task,
      input: {
        ...options,
        ...(system !== undefined && { system: renderText(system, scope) }),
        prompt: renderText(prompt, scope),
      },
      ...(caller && { caller }),
    }),
})
