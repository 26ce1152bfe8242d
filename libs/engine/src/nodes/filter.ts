import { Type } from 'typebox'
import { definePureNode, Expression, OUT } from './define.ts'
import { evaluateBoolean, evaluateEach, evaluateItems } from './values.ts'

export const filter = definePureNode({
  type: 'filter',
  title: 'Filter',
  description: 'Keeps those items of a list that fit; its data is { items, count }',
  ports: [OUT],
  output: Type.Object({ items: Type.Array(Type.Unknown()), count: Type.Integer() }),
  config: Type.Object(
    {
      items: Expression('the list; of at most 10,000 items'),
      where: Expression('true for what is kept, such as `loop.item.total > 100`'),
    },
    { additionalProperties: false },
  ),
  evaluate({ items, where }, scope) {
    const all = evaluateItems(items, scope)
    const fits = evaluateEach(all, scope, (each) => evaluateBoolean(where, each))
    const kept = all.filter((_item, index) => fits[index])
    return { port: OUT, data: { items: kept, count: kept.length } }
  },
})
