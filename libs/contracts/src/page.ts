import { type Static, type TSchema, Type } from 'typebox'

/** The query of every list. */
export const PageQuery = Type.Object({
  limit: Type.Integer({ minimum: 1, maximum: 100, default: 20 }),
  cursor: Type.Optional(
    Type.String({ maxLength: 200, description: '`nextCursor` of the page before' }),
  ),
})
export type PageQuery = Static<typeof PageQuery>

/** The answer of every list: newest first; `nextCursor` is null on the last page. */
export function Page<Item extends TSchema>(item: Item, $id: string) {
  return Type.Object(
    {
      data: Type.Array(item, { maxItems: 100 }),
      nextCursor: Type.Union([Type.String(), Type.Null()]),
    },
    { $id },
  )
}
