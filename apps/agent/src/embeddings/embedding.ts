import { type Static, Type } from 'typebox'

/** As many as OpenAI takes at once. */
const MAX_TEXTS = 2048
/** Of one text, in UTF-16 units: several times what any model reads. */
const MAX_UNITS = 100_000

const InputText = Type.String({ minLength: 1, maxLength: MAX_UNITS })

export const EmbeddingRequest = Type.Object(
  {
    input: Type.Union([InputText, Type.Array(InputText, { minItems: 1, maxItems: MAX_TEXTS })]),
    model: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 200,
        description: 'Of the provider that is configured. Absent: MODEL_EMBEDDING',
      }),
    ),
    encoding_format: Type.Enum(['float', 'base64'], {
      default: 'float',
      description: '`base64`: of 32-bit floats, the least significant byte first',
    }),
    dimensions: Type.Optional(Type.Integer({ minimum: 1, maximum: 16_384 })),
    user: Type.Optional(Type.String({ maxLength: 1000, description: 'Has no effect' })),
  },
  { additionalProperties: false, $id: 'OpenAiEmbeddingRequest' },
)
export type EmbeddingRequest = Static<typeof EmbeddingRequest>

export const EmbeddingList = Type.Object(
  {
    object: Type.Literal('list'),
    data: Type.Array(
      Type.Object({
        object: Type.Literal('embedding'),
        index: Type.Integer(),
        embedding: Type.Union([Type.Array(Type.Number()), Type.String()]),
      }),
    ),
    model: Type.String(),
    usage: Type.Object({ prompt_tokens: Type.Integer(), total_tokens: Type.Integer() }),
  },
  { $id: 'OpenAiEmbeddingList' },
)

/** What a model has made of some texts, in their order. */
export interface Embedded {
  readonly model: string
  readonly vectors: readonly (readonly number[])[]
  readonly tokens: number
  readonly costMicroUsd: number
}

export function viewEmbedded(
  { model, vectors, tokens }: Embedded,
  format: EmbeddingRequest['encoding_format'],
): Static<typeof EmbeddingList> {
  return {
    object: 'list',
    data: vectors.map((vector, index) => ({
      object: 'embedding',
      index,
      embedding: format === 'base64' ? base64Of(vector) : [...vector],
    })),
    model,
    usage: { prompt_tokens: tokens, total_tokens: tokens },
  }
}

function base64Of(vector: readonly number[]): string {
  const bytes = Buffer.alloc(vector.length * 4)
  for (const [index, value] of vector.entries()) bytes.writeFloatLE(value, index * 4)
  return bytes.toString('base64')
}
