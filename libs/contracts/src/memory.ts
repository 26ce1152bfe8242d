import { type Static, Type } from 'typebox'

/** Who shares what is remembered: one agent, all of a project, one conversation, or one person. */
export const MEMORY_SCOPES = ['agent', 'project', 'thread', 'user'] as const
export type MemoryScope = (typeof MEMORY_SCOPES)[number]

/** Whose it is: of `agent` and `thread` an id, of `user` a name that the application gives, of `project` `all`. */
export const MEMORY_OWNER = /^[A-Za-z0-9][A-Za-z0-9_.:@|+-]{0,199}$/
export const MEMORY_KEY = /^[A-Za-z0-9][A-Za-z0-9_.:-]{0,127}$/

const memoryOwner = {
  scope: Type.Enum(MEMORY_SCOPES),
  owner: Type.String({ minLength: 1, maxLength: 200 }),
}
const memoryKey = Type.String({ minLength: 1, maxLength: 128 })

/** What a `memory_read` node asks for: by a key, by words, or without either the first ones. */
export const ReadMemory = Type.Object({
  ...memoryOwner,
  key: Type.Optional(memoryKey),
  query: Type.Optional(Type.String({ maxLength: 4000 })),
  topK: Type.Integer({ minimum: 1, maximum: 50 }),
})
export type ReadMemory = Static<typeof ReadMemory>

/** What comes back from it, and is the `data` of the node. */
export const RememberedEntries = Type.Object({
  entries: Type.Array(
    Type.Object({ key: Type.String(), value: Type.Unknown(), updatedAt: Type.String() }),
  ),
})
export type RememberedEntries = Static<typeof RememberedEntries>

/** What a `memory_write` node asks for. */
export const WriteMemory = Type.Object({
  ...memoryOwner,
  key: memoryKey,
  value: Type.Unknown({ description: 'null: it is forgotten' }),
  expiresInS: Type.Optional(Type.Integer({ minimum: 1 })),
})
export type WriteMemory = Static<typeof WriteMemory>
