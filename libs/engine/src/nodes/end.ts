import { Type } from 'typebox'
import { renderDeep } from '../expressions/template.ts'
import { definePureNode, Template } from './define.ts'

export const end = definePureNode({
  type: 'end',
  title: 'End',
  description: 'Where a run ends; the outputs of all ends that were reached are its output',
  ports: [],
  config: Type.Object(
    {
      outputs: Type.Record(Type.String({ maxLength: 100 }), Template('one value of the output'), {
        maxProperties: 100,
      }),
    },
    { additionalProperties: false },
  ),
  evaluate: ({ outputs }, scope) => ({ port: '', data: renderDeep(outputs, scope) }),
})
