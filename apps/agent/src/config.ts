import { BackendConfig, SecretsConfig } from '@dure/platform'
import { type Static, Type } from 'typebox'

export const Config = Type.Object({
  ...BackendConfig.properties,
  ...SecretsConfig.properties,
  MODEL_BASE_URL: Type.String({
    pattern: '^(https?://.+)?$',
    default: '',
    description: 'Of an OpenAI-compatible API, up to `/v1`. Empty: no model, `llm` nodes fail',
  }),
  MODEL_API_KEY: Type.String({ default: '' }),
  MODEL_DEFAULT: Type.String({
    maxLength: 200,
    default: '',
    description: 'The model of every `llm` node that names none',
  }),
  MODEL_EMBEDDING: Type.String({
    maxLength: 200,
    default: '',
    description: 'The model of embeddings that are asked for without one. Empty: none',
  }),
  MODEL_MODERATION: Type.String({
    maxLength: 300,
    pattern: '^([a-z][a-z0-9_-]{0,62}/.+)?$',
    default: '',
    description:
      '`provider/model`, such as `openai/omni-moderation-latest`: whom guardrails ask that moderate. Empty: they let nothing pass',
  }),
  MODEL_PROVIDER: Type.String({
    minLength: 1,
    default: 'openai',
    description: 'Who answers at MODEL_BASE_URL, as `gen_ai.provider.name` in traces',
  }),
  MODEL_PROVIDERS: Type.String({
    maxLength: 100_000,
    default: '',
    description:
      'JSON: a list of providers with their keys, models and limits, beside the one at MODEL_BASE_URL',
  }),
  MODEL_BREAKER_RESULTS: Type.Integer({
    minimum: 2,
    default: 10,
    description:
      'Of so many calls of a model within a minute or two, half have to fail before it is spared',
  }),
  MODEL_TIMEOUT_MS: Type.Integer({
    minimum: 1,
    default: 120_000,
    description: 'For one task with all its retries, where the task itself does not say less',
  }),
  EGRESS_ALLOW: Type.String({
    default: '',
    description: 'host:port, comma separated: not public, and yet `http` nodes may reach them',
  }),
  TASK_CONCURRENCY: Type.Integer({
    minimum: 1,
    maximum: 256,
    default: 64,
    description: 'How many tasks this process executes at once',
  }),
  EXECUTION_CONCURRENCY: Type.Integer({
    minimum: 1,
    maximum: 2048,
    default: 256,
    description: 'How many executions of agents this process works on at once',
  }),
  CODE_THREADS: Type.Integer({
    minimum: 1,
    maximum: 64,
    default: 2,
    description: 'How many `code` nodes this process runs at once; each has at most 64 MiB',
  }),
  RETENTION_DAYS: Type.Integer({
    minimum: 1,
    maximum: 3650,
    default: 30,
    description:
      'Days for which calls of tools, and what was reserved for calls of models, are kept once their execution is over',
  }),
  LEASE_MS: Type.Integer({
    minimum: 1000,
    default: 7500,
    description: 'After this long without a sign of life, another process may take a task over',
  }),
})
export type Config = Static<typeof Config>

/** A setting that is a list, with commas between its entries. */
export function listOf(commaSeparated: string): string[] {
  return commaSeparated
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
}
