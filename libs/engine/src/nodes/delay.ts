import { InvalidInputError } from '@dure/kernel'
import { Type } from 'typebox'
import { renderText } from '../expressions/template.ts'
import { defineWaitNode, OUT, Template } from './define.ts'
import { excerpt, MAX_WAIT_MS } from './values.ts'

export const delay = defineWaitNode({
  type: 'delay',
  title: 'Delay',
  description: 'Goes on after some time, or at a moment; it holds nothing while it waits',
  ports: [OUT],
  config: Type.Object(
    {
      ms: Type.Optional(
        Type.Integer({ minimum: 0, maximum: MAX_WAIT_MS, description: 'Milliseconds' }),
      ),
      until: Type.Optional(
        Template('a time such as 2026-03-01T09:00:00+09:00; one that has passed: at once', 2000),
      ),
    },
    {
      additionalProperties: false,
      minProperties: 1,
      maxProperties: 1,
      description: 'Exactly one of `ms` and `until`',
    },
  ),
  request: ({ ms, until = '' }, scope, now) => ({
    kind: 'timer',
    dueAt: ms === undefined ? momentOf(renderText(until, scope), now) : now + ms,
  }),
})

/** Epoch milliseconds of a date and time of RFC 3339 §5.6, which Date.parse alone is too lenient for. */
function momentOf(text: string, now: number): number {
  const moment = RFC_3339.test(text) && isCalendarDay(text.slice(0, 10)) ? Date.parse(text) : NaN
  if (Number.isNaN(moment)) {
    throw new InvalidInputError(
      'delay.invalid-time',
      `\`until\` must be a time such as 2026-03-01T09:00:00+09:00, but is ${excerpt(text)}`,
    )
  }
  if (moment - now <= MAX_WAIT_MS) return moment
  throw new InvalidInputError(
    'delay.too-long',
    `\`until\` is ${text}, and a delay takes at most a year`,
  )
}

const RFC_3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/

/** The 30th of February rolls over into March. */
function isCalendarDay(day: string): boolean {
  const moment = new Date(`${day}T00:00:00Z`)
  return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(day)
}
