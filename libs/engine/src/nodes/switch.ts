import { Type } from 'typebox'
import { definePureNode, Expression } from './define.ts'
import { evaluateBoolean } from './values.ts'

const DEFAULT = 'default'

export const switchNode = definePureNode({
  type: 'switch',
  title: 'Switch',
  description:
    'Goes on by the port of the first case that is true, else by `default`; its data is { case }',
  ports: ({ cases }) => [...new Set([...cases.map(({ id }) => id), DEFAULT])],
  output: Type.Object({ case: Type.String() }),
  config: Type.Object(
    {
      cases: Type.Array(
        Type.Object(
          {
            id: Type.String({
              pattern: '^(?!(?:default|error)$)[a-z][a-z0-9_]{0,62}$',
              description: 'The name of the port; two cases may lead to one',
              examples: ['refund'],
            }),
            when: Expression('true or false; only those before it that were false are evaluated'),
          },
          { additionalProperties: false },
        ),
        { minItems: 1, maxItems: 50 },
      ),
    },
    { additionalProperties: false },
  ),
  evaluate({ cases }, scope) {
    const taken = cases.find(({ when }) => evaluateBoolean(when, scope))?.id ?? DEFAULT
    return { port: taken, data: { case: taken } }
  },
})
