import { Type } from 'typebox'
import { defineContainerNode } from './define.ts'

export const tryNode = defineContainerNode({
  type: 'try',
  container: 'try',
  title: 'Try',
  description:
    'Runs its body and goes on by `ok`, or, when something in it fails, by `caught`; its `finally` runs in either case before that',
  ports: ['ok', 'caught'],
  config: Type.Object({}, { additionalProperties: false }),
})
