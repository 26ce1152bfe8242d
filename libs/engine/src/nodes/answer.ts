import { Type } from 'typebox'
import { renderText } from '../expressions/template.ts'
import { definePureNode, OUT, Template } from './define.ts'

export const answer = definePureNode({
  type: 'answer',
  title: 'Answer',
  description: 'Says something to the user while the run goes on; its data is { text }',
  ports: [OUT],
  output: Type.Object({ text: Type.String() }),
  config: Type.Object(
    { content: Template('what is said', 100_000) },
    { additionalProperties: false },
  ),
  evaluate: ({ content }, scope) => ({ port: OUT, data: { text: renderText(content, scope) } }),
})
