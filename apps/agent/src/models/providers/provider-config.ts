import { type Static, Type } from 'typebox'
import { Value } from 'typebox/value'

export const PROVIDER_KINDS = [
  'openai',
  'anthropic',
  'google',
  'azure',
  'bedrock',
  'ollama',
  'openai-compatible',
] as const
export type ProviderKind = (typeof PROVIDER_KINDS)[number]

const Tokens = Type.Integer({ minimum: 1, maximum: 100_000_000 })
const MicroUsd = Type.Integer({ minimum: 0, maximum: 10_000_000_000 })

/** What a model can do, where the table does not know it or knows it differently. */
const ModelConfig = Type.Object(
  {
    id: Type.String({ minLength: 1, maxLength: 200 }),
    tools: Type.Optional(Type.Boolean()),
    parallelTools: Type.Optional(Type.Boolean()),
    jsonSchema: Type.Optional(Type.Boolean()),
    vision: Type.Optional(Type.Boolean()),
    reasoning: Type.Optional(Type.Boolean()),
    promptCaching: Type.Optional(Type.Enum(['none', 'automatic', 'explicit'])),
    contextTokens: Type.Optional(Tokens),
    maxOutputTokens: Type.Optional(Tokens),
    /** For a million tokens. */
    inputMicroUsd: Type.Optional(MicroUsd),
    outputMicroUsd: Type.Optional(MicroUsd),
    cachedInputMicroUsd: Type.Optional(MicroUsd),
  },
  { additionalProperties: false },
)
export type ModelConfig = Static<typeof ModelConfig>

const ProviderConfig = Type.Object(
  {
    name: Type.String({ pattern: '^[a-z][a-z0-9_-]{0,62}$' }),
    kind: Type.Enum(PROVIDER_KINDS),
    baseUrl: Type.Optional(Type.String({ pattern: '^https?://.+$', maxLength: 500 })),
    apiKey: Type.Optional(Type.String({ maxLength: 2000 })),
    /** Of Bedrock, instead of `apiKey`. */
    region: Type.Optional(Type.String({ maxLength: 100 })),
    accessKeyId: Type.Optional(Type.String({ maxLength: 200 })),
    secretAccessKey: Type.Optional(Type.String({ maxLength: 200 })),
    sessionToken: Type.Optional(Type.String({ maxLength: 4000 })),
    /** Of `openai` and `azure`: which of their two ways to ask is taken. */
    api: Type.Optional(Type.Enum(['responses', 'chat'])),
    models: Type.Optional(
      Type.Array(Type.Union([Type.String({ minLength: 1, maxLength: 200 }), ModelConfig]), {
        maxItems: 200,
      }),
    ),
    limits: Type.Optional(
      Type.Object(
        {
          requestsPerMinute: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000 })),
          tokensPerMinute: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000_000 })),
          concurrency: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000 })),
        },
        { additionalProperties: false },
      ),
    ),
  },
  { additionalProperties: false },
)
export type ProviderConfig = Static<typeof ProviderConfig>

const ProviderConfigs = Type.Array(ProviderConfig, { maxItems: 32 })

/**
 * The providers of an installation.
 *
 * @throws Error at the start: says what is wrong, and where, but repeats nothing, for keys are in it
 */
export function parseProviders(text: string): readonly ProviderConfig[] {
  if (text.trim() === '') return []
  const value = parse(text)
  if (!Value.Check(ProviderConfigs, value)) {
    const [problem] = Value.Errors(ProviderConfigs, value)
    throw new Error(`MODEL_PROVIDERS${problem?.instancePath ?? ''} ${problem?.message ?? ''}`)
  }
  const names = value.map(({ name }) => name)
  if (new Set(names).size < names.length) throw new Error('MODEL_PROVIDERS: a name is there twice')
  for (const { name, kind, baseUrl, region } of value) {
    const needsUrl = kind === 'openai-compatible' || kind === 'azure'
    if (needsUrl && !baseUrl) throw new Error(`MODEL_PROVIDERS: ${name} needs a baseUrl`)
    if (kind === 'bedrock' && !region) throw new Error(`MODEL_PROVIDERS: ${name} needs a region`)
  }
  return value
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new Error('MODEL_PROVIDERS is no JSON')
  }
}
