import { Type } from 'typebox'
import { lengthOf, spend, withinNodeBudget } from '../expressions/budget.ts'
import { compileExpression } from '../expressions/expression.ts'
import { definePureNode, Expression, OUT } from './define.ts'
import { compareValues, evaluateEach, evaluateItems } from './values.ts'

export const sort = definePureNode({
  type: 'sort',
  title: 'Sort',
  description:
    'Brings a list into order; its data is { items }. Values of several types come as null, false, true, numbers, texts by code point, and then lists and objects, which are equal; what is equal keeps its order',
  ports: [OUT],
  output: Type.Object({ items: Type.Array(Type.Unknown()) }),
  config: Type.Object(
    {
      items: Expression('the list; of at most 10,000 items'),
      by: Expression('what it is sorted by, such as `loop.item.createdAt`'),
      order: Type.Enum(['asc', 'desc'], { default: 'asc' }),
    },
    { additionalProperties: false },
  ),
  evaluate({ items, by, order }, scope) {
    const all = evaluateItems(items, scope)
    const key = compileExpression(by)
    return withinNodeBudget(() => {
      const keys = evaluateEach(all, scope, (each) => key.evaluate(each))
      const direction = order === 'asc' ? 1 : -1
      const sorted = all
        .map((item, index) => ({ item, key: keys[index] }))
        .sort((one, other) => {
          spend(Math.min(lengthOf(one.key), lengthOf(other.key)))
          return direction * compareValues(one.key, other.key)
        })
      return { port: OUT, data: { items: sorted.map(({ item }) => item) } }
    })
  },
})
