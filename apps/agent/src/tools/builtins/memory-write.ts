import { Type } from 'typebox'
import { isOwn, MAX_EXPIRES_IN_S } from '../../memory/memory.ts'
import { defineBuiltin } from './builtin.ts'
import { MemoryConfig, MemoryKeyInput, MemoryScopeInput, partOf } from './memory-config.ts'

export const memoryWrite = defineBuiltin({
  name: 'memory_write',
  description:
    'Remembers something for later conversations by a key, instead of what was there. The value null forgets it. Never remember passwords or other secrets.',
  input: Type.Object(
    {
      key: MemoryKeyInput,
      value: Type.Unknown({ description: 'JSON of at most 16 KiB, or null', examples: ['비빔밥'] }),
      scope: MemoryScopeInput('Whose memory; absent: the first that it may use'),
      expiresInS: Type.Optional(
        Type.Integer({
          ...{ minimum: 1, maximum: MAX_EXPIRES_IN_S },
          description: 'Seconds after which it is forgotten; absent: never',
        }),
      ),
    },
    { additionalProperties: false },
  ),
  config: MemoryConfig,
  traits: ({ scopes = [] }) => ({
    ...{ effect: 'write', idempotent: true, trust: 'trusted' },
    // What nobody else reads carries nothing out. When it is read again, it is untrusted.
    reach: isOwn(scopes) ? 'own' : 'inside',
  }),

  async execute(use) {
    const { key, value, expiresInS } = use.input
    const place = { ...partOf(use), key }
    if (value === null) {
      await use.parts.memory.forget(place)
      return { key, forgotten: true }
    }
    const isNew = await use.parts.memory.write(place, { value, expiresInS })
    return { key, remembered: true, isNew }
  },
})
