import { Type } from 'typebox'
import { withinNodeBudget } from '../expressions/budget.ts'
import { compileExpression, type Scope } from '../expressions/expression.ts'
import { definePureNode, Expression, OUT } from './define.ts'
import { checkItems, quote } from './values.ts'

export const transform = definePureNode({
  type: 'transform',
  title: 'Transform',
  description: 'Computes data: the value of one expression, or an object with one for each field',
  ports: [OUT],
  config: Type.Object(
    {
      expr: Type.Optional(Expression('the data, such as `input.orders.map(o, o.total)`')),
      fields: Type.Optional(
        Type.Record(
          Type.String({ minLength: 1, maxLength: 100 }),
          Expression('one field of the data'),
          { minProperties: 1, maxProperties: 100 },
        ),
      ),
    },
    {
      additionalProperties: false,
      minProperties: 1,
      maxProperties: 1,
      description: 'Exactly one of `expr` and `fields`',
    },
  ),
  evaluate: ({ expr, fields = {} }, scope) => ({
    port: OUT,
    data: expr === undefined ? withinNodeBudget(() => all(fields, scope)) : compute(expr, scope),
  }),
})

function all(fields: Readonly<Record<string, string>>, scope: Scope): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, source]) => [name, compute(source, scope)]),
  )
}

function compute(source: string, scope: Scope): unknown {
  const value = compileExpression(source).evaluate(scope)
  return Array.isArray(value) ? checkItems(value, quote(source)) : value
}
