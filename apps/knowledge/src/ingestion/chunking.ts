import { type Static, Type } from 'typebox'

/** Small passages are found, since a question is about little; the larger one around them is given, since an answer needs more. */
export const Chunking = Type.Object(
  {
    childChars: Type.Integer({
      minimum: 100,
      maximum: 1600,
      description: 'About so many characters have the passages that are looked for',
    }),
    parentChars: Type.Integer({
      minimum: 200,
      maximum: 4000,
      description: 'Up to so many have those that are given, made of whole small ones',
    }),
  },
  { additionalProperties: false, examples: [{ childChars: 400, parentChars: 1600 }] },
)
export type Chunking = Static<typeof Chunking>

/** As it is stored; empty: what is found is given. */
export function chunkingKey(chunking: Chunking | undefined): string {
  return chunking ? `${chunking.childChars}/${chunking.parentChars}` : ''
}

export function chunkingOf(key: string): Chunking | undefined {
  const [childChars = Number.NaN, parentChars = Number.NaN] = key.split('/').map(Number)
  return key === '' ? undefined : { childChars, parentChars }
}

/** How many small passages a large one may have, more or less. */
export function childrenPerParent(key: string): number {
  const chunking = chunkingOf(key)
  return chunking ? Math.ceil(chunking.parentChars / chunking.childChars) : 1
}
