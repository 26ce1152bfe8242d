import { compileExpression } from '@dure/engine'
import { InvalidInputError } from '@dure/kernel'
import { Type } from 'typebox'
import { defineBuiltin, PURE } from './builtin.ts'

export const Query = Type.String({
  minLength: 1,
  maxLength: 4000,
  description:
    'A CEL expression; the data is `input`. Such as `input.items.filter(i, i.price > 10).map(i, i.name)`, `size(input)`',
})

export const jsonQuery = defineBuiltin({
  name: 'json_query',
  description: 'Answers a question about JSON by a CEL expression, in which the data is `input`.',
  input: Type.Object(
    {
      data: Type.Unknown({ description: 'JSON, or a text that is JSON' }),
      query: Query,
    },
    { additionalProperties: false },
  ),
  config: Type.Object({}, { additionalProperties: false }),
  traits: () => PURE,
  execute: ({ input: { data, query } }) => ({
    result: queried(typeof data === 'string' ? parsed(data) : data, query),
  }),
})

/** Not JavaScript, and with a budget: see docs/adr/0003. @throws InvalidInputError `expression.*` */
export function queried(data: unknown, query: string): unknown {
  return compileExpression(query).evaluate({ input: data, nodes: {} })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return notJson()
  }
}

function notJson(): never {
  throw new InvalidInputError('json-query.not-json', '`data` is a text that is no JSON')
}
