import { Type } from 'typebox'
import { definePureNode } from './define.ts'

export const note = definePureNode({
  type: 'note',
  title: 'Note',
  description: 'A remark for people; it stands alone, without edges, and is never executed',
  ports: [],
  config: Type.Object(
    { text: Type.String({ maxLength: 10_000, default: '' }) },
    { additionalProperties: false },
  ),
  evaluate: () => ({ port: '', data: null }),
})
