import { type Static, Type } from 'typebox'
import { Compile } from 'typebox/compile'

const Outline = Type.Object(
  {
    /** Each path of headings once; blocks name theirs by its place. */
    sections: Type.Array(Type.Array(Type.String())),
    blocks: Type.Array(
      Type.Object(
        {
          section: Type.Integer({ minimum: 0 }),
          kind: Type.Enum(['prose', 'lines']),
          start: Type.Integer({ minimum: 0 }),
          end: Type.Integer({ minimum: 0 }),
          page: Type.Optional(Type.Integer({ minimum: 1 })),
        },
        { additionalProperties: false },
      ),
    ),
    metadata: Type.Object(
      {
        title: Type.Optional(Type.String()),
        author: Type.Optional(Type.String()),
        language: Type.Optional(Type.String()),
      },
      { additionalProperties: false },
    ),
    pageCount: Type.Optional(Type.Integer({ minimum: 1 })),
    warnings: Type.Optional(
      Type.Array(
        Type.Object(
          {
            code: Type.Literal('document.pages-not-read'),
            message: Type.String({ maxLength: 1000 }),
            pages: Type.Array(Type.Integer({ minimum: 1 }), { maxItems: 100 }),
          },
          { additionalProperties: false },
        ),
        { maxItems: 10 },
      ),
    ),
  },
  { additionalProperties: false },
)
/** All of a document but its text, in a form that is small as JSON. */
export type Outline = Static<typeof Outline>

const Answer = Type.Union([
  Type.Object({ text: Type.String(), outline: Outline }, { additionalProperties: false }),
  Type.Object(
    {
      code: Type.String({ pattern: '^document\\.[a-z-]{1,40}$' }),
      message: Type.String({ maxLength: 1000 }),
    },
    { additionalProperties: false },
  ),
  Type.Object({ crash: Type.String() }, { additionalProperties: false }),
])
/** What a parser process says of a file: the document, why it is none, or that it stumbled. */
export type Answer = Static<typeof Answer>

const answer = Compile(Answer)

/**
 * The answer, if it is one: a parser has seen hostile bytes, and is believed in nothing.
 *
 * @returns undefined when it is no answer
 */
export function readAnswer(frame: Uint8Array): Answer | undefined {
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(frame))
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) return undefined
    throw error
  }
  if (!answer.Check(value)) return undefined
  return 'outline' in value && !fits(value.text, value.outline) ? undefined : value
}

/** Blocks are slices of the text, in order, and the text can be stored. */
function fits(text: string, { sections, blocks }: Outline): boolean {
  let last = 0
  return (
    text.isWellFormed() &&
    !text.includes('\0') &&
    blocks.every(({ section, start, end }) => {
      const isInOrder = section < sections.length && start >= last && end > start
      last = end
      return isInOrder && end <= text.length
    })
  )
}
