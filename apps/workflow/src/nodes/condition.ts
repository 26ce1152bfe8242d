import { InvalidInputError } from '@dure/kernel'
import { Type } from 'typebox'
import { compileExpression } from '../expressions/expression.ts'
import { definePureNode, Expression } from './define.ts'

export const condition = definePureNode({
  type: 'condition',
  title: 'Condition',
  description: 'Goes on by the port `true` or `false`; its data is { result }',
  ports: ['true', 'false'],
  config: Type.Object(
    { when: Expression('true or false, such as `size(nodes.find.data.chunks) > 0`') },
    { additionalProperties: false },
  ),
  evaluate({ when }, scope) {
    const result = compileExpression(when).evaluate(scope)
    if (typeof result !== 'boolean') {
      throw new InvalidInputError(
        'condition.not-boolean',
        `\`${when}\` must be true or false, but is ${JSON.stringify(result)?.slice(0, 100)}`,
      )
    }
    return { port: String(result), data: { result } }
  },
})
