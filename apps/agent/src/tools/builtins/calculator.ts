import { Type } from 'typebox'
import { calculate } from './arithmetic.ts'
import { defineBuiltin, PURE } from './builtin.ts'

export const calculator = defineBuiltin({
  name: 'calculator',
  description:
    'Calculates an arithmetic expression exactly: + - * / % ^, parentheses, and functions such as round(x, digits), sqrt, min, max, sum, avg.',
  input: Type.Object(
    {
      expression: Type.String({
        minLength: 1,
        maxLength: 2000,
        examples: ['round((1290 * 3) / 1.1, 2)'],
      }),
    },
    { additionalProperties: false },
  ),
  config: Type.Object({}, { additionalProperties: false }),
  traits: () => PURE,
  execute: ({ input }) => ({ result: calculate(input.expression) }),
})
