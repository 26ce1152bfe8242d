import { MEMORY_KEY, MEMORY_SCOPES, type MemoryScope } from '@dure/contracts'
import { Type } from 'typebox'
import type { MemoryEntry } from '../../memory/memory.ts'
import type { ToolWork } from '../definition.ts'

/** Of a grant: whose memory it is. */
export const MemoryConfig = Type.Object(
  {
    scopes: Type.Array(Type.Enum(MEMORY_SCOPES), {
      ...{ minItems: 1, maxItems: MEMORY_SCOPES.length, uniqueItems: true },
      description: 'What it may use; in a definition, absent: `memory.scopes`',
    }),
  },
  { additionalProperties: false },
)

export const MemoryScopeInput = (description: string) =>
  Type.Optional(Type.Enum(MEMORY_SCOPES, { description }))

export const MemoryKeyInput = Type.String({
  pattern: MEMORY_KEY.source,
  description: 'A short name in Latin letters, digits, `-`, `_`, `.` and `:`',
  examples: ['favourite-food'],
})

interface Use {
  readonly input: { readonly scope?: MemoryScope | undefined }
  readonly config: { readonly scopes?: readonly MemoryScope[] }
  readonly work: Pick<ToolWork, 'tenant' | 'callKey'>
}

export function partOf({
  input: { scope },
  config: { scopes = [] },
  work: { tenant, callKey },
}: Use) {
  return { tenant, callKey, scopes, scope }
}

/** What a model is shown of an entry. */
export function shown({ scope, key, value, updatedAt }: MemoryEntry) {
  return { scope, key, value, updatedAt: updatedAt.toISOString() }
}
