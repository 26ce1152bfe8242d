import { Check, Errors } from 'typebox/schema'
import type { Asked, ConfigOf, Score } from './evaluator.ts'
import { jsonOf, yesOrNo } from './text.ts'

const MAX_SHOWN = 3

/** Whether the answer is JSON that meets the schema. Nothing is compiled of a schema of a user: it is looked at as it is. */
export function scoreSchema({ schema }: ConfigOf<'json-schema'>, { answer }: Asked): Score {
  const value = jsonOf(answer.output)
  if (value === undefined) return yesOrNo(false, 'is no JSON')
  if (Check(schema, value)) return yesOrNo(true, 'meets the schema')
  const [, errors] = Errors(schema, value)
  const shown = errors
    .slice(0, MAX_SHOWN)
    .map(({ instancePath, message }) => `${instancePath || 'it'} ${message}`)
  return yesOrNo(false, `does not meet the schema: ${shown.join('; ')}`)
}
