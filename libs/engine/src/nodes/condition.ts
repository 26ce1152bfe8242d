import { Type } from 'typebox'
import { definePureNode, Expression } from './define.ts'
import { evaluateBoolean } from './values.ts'

export const condition = definePureNode({
  type: 'condition',
  title: 'Condition',
  description: 'Goes on by the port `true` or `false`; its data is { result }',
  ports: ['true', 'false'],
  output: Type.Object({ result: Type.Boolean() }),
  config: Type.Object(
    { when: Expression('true or false, such as `size(nodes.find.data.chunks) > 0`') },
    { additionalProperties: false },
  ),
  evaluate({ when }, scope) {
    const result = evaluateBoolean(when, scope)
    return { port: String(result), data: { result } }
  },
})
