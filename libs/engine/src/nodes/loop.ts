import { Type } from 'typebox'
import { renderDeep } from '../expressions/template.ts'
import { DeepTemplate, defineContainerNode, definePureNode, Expression, OUT } from './define.ts'

export const loop = defineContainerNode({
  type: 'loop',
  container: 'loop',
  title: 'Loop',
  description:
    'Runs its body again and again; the body sees which iteration it is as `loop.index`, and the result of the one before as `loop.last`',
  ports: [OUT],
  config: Type.Object(
    {
      while: Type.Optional(
        Expression('evaluated before each iteration; when it is false, the loop has ended'),
      ),
      breakOn: Type.Optional(
        Expression(
          'evaluated after each iteration, whose result is `loop.last`; when it is true, the loop has ended',
        ),
      ),
      maxIterations: Type.Integer({
        minimum: 1,
        maximum: 1000,
        default: 100,
        description: 'After so many it has ended, whatever the conditions say',
      }),
    },
    { additionalProperties: false },
  ),
})

const leaving = Type.Object(
  { value: Type.Optional(DeepTemplate('the result of this iteration; absent: null')) },
  { additionalProperties: false },
)

export const breakNode = definePureNode({
  type: 'break',
  title: 'Break',
  description: 'Ends the loop that it stands in; what else runs in this iteration is cancelled',
  ports: [],
  config: leaving,
  evaluate: ({ value = null }, scope) => ({
    port: '',
    data: renderDeep(value, scope),
    leave: 'break',
  }),
})

export const continueNode = definePureNode({
  type: 'continue',
  title: 'Continue',
  description:
    'Ends this iteration of the loop that it stands in; what else runs in it is cancelled',
  ports: [],
  config: leaving,
  evaluate: ({ value = null }, scope) => ({
    port: '',
    data: renderDeep(value, scope),
    leave: 'continue',
  }),
})
