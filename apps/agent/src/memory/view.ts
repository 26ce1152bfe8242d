import { MEMORY_KEY, MEMORY_OWNER, MEMORY_SCOPES } from '@dure/contracts'
import { type Static, Type } from 'typebox'
import {
  MAX_EXPIRES_IN_S,
  MAX_FOUND,
  MAX_TEXT_CHARACTERS,
  MAX_VALUE_BYTES,
  type MemoryEntry,
} from './memory.ts'

const closed = { additionalProperties: false }

const Scope = Type.Enum(MEMORY_SCOPES, { examples: ['user'] })
const Owner = Type.String({
  pattern: MEMORY_OWNER.source,
  description:
    'Of `agent` and `thread`, its id; of `user`, whatever the application calls a person; of `project`, `all`',
  examples: ['ada'],
})
const Key = Type.String({ pattern: MEMORY_KEY.source, examples: ['favourite-food'] })

export const OfMemoryOwner = Type.Object({ scope: Scope, owner: Owner })
export const OfMemory = Type.Object({ scope: Scope, owner: Owner, key: Key })

export const MemoryFilter = { scope: Type.Optional(Scope), owner: Type.Optional(Owner) }

const Value = (description: string) =>
  Type.Unknown({ description, examples: [{ dish: '비빔밥', spicy: true }] })

export const WriteMemory = Type.Object(
  {
    value: Value(`JSON of at most ${MAX_VALUE_BYTES} bytes`),
    text: Type.Optional(
      Type.String({
        ...{ maxLength: MAX_TEXT_CHARACTERS, pattern: '^[^\\u0000]*$' },
        description: 'What search looks in; absent: the texts and numbers of the value',
      }),
    ),
    expiresInS: Type.Optional(
      Type.Integer({
        ...{ minimum: 1, maximum: MAX_EXPIRES_IN_S, examples: [2_592_000] },
        description: 'Seconds from now on; absent: it stays',
      }),
    ),
  },
  { ...closed, $id: 'WriteMemory' },
)

export const SearchMemory = Type.Object(
  {
    scope: Scope,
    owner: Owner,
    query: Type.String({ minLength: 1, maxLength: 4000, examples: ['무슨 음식을 좋아해요?'] }),
    topK: Type.Integer({ minimum: 1, maximum: MAX_FOUND, default: 10 }),
  },
  { ...closed, $id: 'SearchMemory' },
)

const time = Type.String({ format: 'date-time' })

export const MemoryView = Type.Object(
  {
    scope: Scope,
    owner: Owner,
    key: Key,
    value: Value('As it was written'),
    text: Type.String({ description: 'What search looks in' }),
    source: Type.Enum(['agent', 'api', 'workflow'], {
      description:
        'Who has written it. What an agent has written may follow from content that it had read',
    }),
    writtenBy: Type.String({ description: 'A principal, an execution, or a run' }),
    revision: Type.Integer({ minimum: 1 }),
    expiresAt: Type.Union([time, Type.Null()]),
    createdAt: time,
    updatedAt: time,
  },
  { $id: 'Memory' },
)

export const FoundMemory = Type.Object(
  { data: Type.Array(Type.Object({ score: Type.Number(), memory: MemoryView })) },
  { $id: 'FoundMemory' },
)

export function viewMemory(entry: MemoryEntry): Static<typeof MemoryView> {
  const { expiresAt, createdAt, updatedAt } = entry
  return {
    ...entry,
    expiresAt: expiresAt?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  }
}
