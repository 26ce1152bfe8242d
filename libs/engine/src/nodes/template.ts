import { Type } from 'typebox'
import { renderText } from '../expressions/template.ts'
import { definePureNode, OUT, Template } from './define.ts'

export const template = definePureNode({
  type: 'template',
  title: 'Template',
  description: 'Text made of other values; its data is { text }',
  ports: [OUT],
  output: Type.Object({ text: Type.String() }),
  config: Type.Object(
    { text: Template('the text to make', 100_000) },
    { additionalProperties: false },
  ),
  evaluate: ({ text }, scope) => ({ port: OUT, data: { text: renderText(text, scope) } }),
})
