import { Type } from 'typebox'
import { defineBuiltin, PURE } from './builtin.ts'
import { csvRows } from './csv.ts'
import { Query, queried } from './json-query.ts'

export const csvQuery = defineBuiltin({
  name: 'csv_query',
  description:
    'Answers a question about CSV by a CEL expression, in which `input` is the list of rows: each an object by the names of the first line, numbers as numbers.',
  input: Type.Object(
    { csv: Type.String({ minLength: 1, maxLength: 60_000 }), query: Query },
    { additionalProperties: false },
  ),
  config: Type.Object({}, { additionalProperties: false }),
  traits: () => PURE,
  execute: ({ input: { csv, query } }) => ({ result: queried(csvRows(csv), query) }),
})
