import { Type } from 'typebox'
import { definePureNode, OUT } from './define.ts'

export const parallel = definePureNode({
  type: 'parallel',
  title: 'Parallel',
  description:
    'Where branches begin: all that follows it runs side by side; a `join` brings it together',
  ports: [OUT],
  output: Type.Object({}),
  config: Type.Object({}, { additionalProperties: false }),
  evaluate: () => ({ port: OUT, data: {} }),
})
