import { USER_TAGS } from '@dure/retrieval'
import { type Static, Type } from 'typebox'
import { Label } from '../label.ts'
import { type DictionaryEntry, MAX_PARTS, MAX_SURFACE } from './dictionary-entry.ts'

export const DictionaryEntryId = Type.String({
  pattern: '^word_[0-9a-f]{32}$',
  examples: ['word_0198c0de4a7b7c3e9f10223344556677'],
})

const Surface = Label({
  maxLength: MAX_SURFACE,
  description: 'As it is written, without spaces',
  examples: ['세종시'],
})

const CONTENT = {
  parts: Type.Array(Label({ maxLength: MAX_SURFACE }), {
    maxItems: MAX_PARTS,
    default: [],
    description: 'What it is found by instead of itself; joined, they are the surface',
    examples: [['세종', '시']],
  }),
  tag: Type.Enum(USER_TAGS, {
    default: 'NNG',
    description: 'Part of speech: common noun, name, or adverb',
  }),
}

export const CreateDictionaryEntry = Type.Object(
  { surface: Surface, ...CONTENT },
  { additionalProperties: false, $id: 'CreateDictionaryEntry' },
)

export const UpdateDictionaryEntry = Type.Object(CONTENT, {
  additionalProperties: false,
  $id: 'UpdateDictionaryEntry',
})

export const DictionaryEntryView = Type.Object(
  {
    id: DictionaryEntryId,
    surface: Type.String(),
    parts: Type.Array(Type.String()),
    tag: Type.Enum(USER_TAGS),
    createdAt: Type.String({ format: 'date-time' }),
    updatedAt: Type.String({ format: 'date-time' }),
  },
  { $id: 'DictionaryEntry' },
)

export function viewEntry(entry: DictionaryEntry): Static<typeof DictionaryEntryView> {
  const { id, surface, parts, tag, createdAt, updatedAt } = entry
  return {
    ...{ id, surface, parts: [...parts], tag },
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  }
}
