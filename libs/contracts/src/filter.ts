import { type Static, type TSchema, Type } from 'typebox'

/** No half of a surrogate pair, and no NUL, which PostgreSQL cannot store. */
const WELL_FORMED = '^[^\\u0000\\ud800-\\udfff]*$'

export const MetadataKey = Type.String({
  maxLength: 64,
  // Without classes of Unicode, so that tools that read the description of the API understand it, too.
  pattern:
    '^[0-9A-Za-z\\u00aa-\\u1fff\\u2c00-\\ud7ff\\uf900-\\uffdc][0-9A-Za-z _.\\u00aa-\\u1fff\\u2c00-\\ud7ff\\uf900-\\uffdc-]*$',
  examples: ['department', 'year'],
})
export const MetadataText = Type.String({ maxLength: 1000, pattern: WELL_FORMED })

const Scalar = Type.Union([MetadataText, Type.Number(), Type.Boolean()])
const Bound = Type.Union([MetadataText, Type.Number()])

const CONDITION = {
  key: MetadataKey,
  is: Type.Optional(Scalar),
  in: Type.Optional(Type.Array(Scalar, { maxItems: 100 })),
  lt: Type.Optional(Bound),
  lte: Type.Optional(Bound),
  gt: Type.Optional(Bound),
  gte: Type.Optional(Bound),
  contains: Type.Optional(MetadataText),
  exists: Type.Optional(Type.Boolean()),
}

const several = <Part extends TSchema>(part: Part) =>
  Type.Array(part, { minItems: 1, maxItems: 50 })

/** Written out level by level: a schema of its own kind would need names in every document that it is part of. */
function filter(only: { readonly additionalProperties?: false }) {
  const condition = Type.Object(CONDITION, { ...only, minProperties: 2 })
  const groups = Type.Union([
    condition,
    Type.Object({ all: several(condition) }, only),
    Type.Object({ any: several(condition) }, only),
    Type.Object({ not: condition }, only),
  ])
  return Type.Union(
    [
      condition,
      Type.Object({ all: several(groups) }, only),
      Type.Object({ any: several(groups) }, only),
      Type.Object({ not: groups }, only),
    ],
    {
      description:
        'Which documents are searched: a condition on their metadata, or `all`, `any` or `not` of some, in up to two levels. A condition names a `key` and what must hold of it: `is`, `in`, `lt`, `lte`, `gt`, `gte` (a number against a number, a text against a text, by its characters), `contains` (a list that has this text), `exists`. Where a document has nothing, or another type, none of them holds but `"exists": false`',
      examples: [EXAMPLE],
    },
  )
}

const EXAMPLE = {
  all: [
    { key: 'department', in: ['hr', 'legal'] },
    { key: 'year', gte: 2025 },
  ],
}

/** As people give it: what is not known is refused. */
export const Filter = filter({ additionalProperties: false })
export type Filter = Static<typeof Filter>

/** As it travels; whoever evaluates it refuses what it does not know, which may have asked for less. */
export const SentFilter = filter({})
