import { InvalidInputError } from '@dure/kernel'
import { Type } from 'typebox'
import type { Scope } from '../expressions/expression.ts'
import { renderDeep, renderText } from '../expressions/template.ts'
import { DeepTemplate, defineInPlaceNode, defineWaitNode, OUT, Template } from './define.ts'
import { excerpt, MAX_WAIT_MS } from './values.ts'

const name = Type.String({
  pattern: '^[a-z][a-z0-9_.-]{0,99}$',
  description: 'Of the event',
  examples: ['payment.received'],
})
const MAX_CORRELATION = 500
const correlation = Type.Optional(
  Template(
    'what the event is about, such as `{{ input.orderId }}`; absent: nothing particular',
    2000,
  ),
)

export const waitEvent = defineWaitNode({
  type: 'wait_event',
  title: 'Wait for an event',
  description:
    'Goes on by `out` when an event with this name and correlation arrives, with its payload as data, or by `timeout`',
  ports: [OUT, 'timeout'],
  config: Type.Object(
    {
      name,
      correlation,
      timeoutMs: Type.Optional(
        Type.Integer({
          minimum: 1,
          maximum: MAX_WAIT_MS,
          description: 'Milliseconds; absent: as long as the run may take',
        }),
      ),
    },
    { additionalProperties: false },
  ),
  request: ({ name, correlation, timeoutMs }, scope, now) => ({
    kind: 'event',
    name,
    correlation: correlate(correlation, scope),
    dueAt: timeoutMs === undefined ? null : now + timeoutMs,
  }),
})

export const emitEvent = defineInPlaceNode({
  type: 'emit_event',
  title: 'Emit an event',
  description: 'Tells all runs that wait for an event with this name and correlation',
  ports: [OUT],
  effect: 'write',
  idempotent: true,
  config: Type.Object(
    {
      name,
      correlation,
      payload: Type.Optional(DeepTemplate('what they get as data; absent: {}')),
    },
    { additionalProperties: false },
  ),
  request: ({ name, correlation, payload = {} }, scope) => ({
    name,
    correlation: correlate(correlation, scope),
    payload: renderDeep(payload, scope),
  }),
})

/** An empty text would match what was never meant: a field that is missing in two places. */
function correlate(template: string | undefined, scope: Scope): string | null {
  if (template === undefined) return null
  const text = renderText(template, scope)
  if (text.length > 0 && text.length <= MAX_CORRELATION) return text
  throw new InvalidInputError(
    'event.invalid-correlation',
    `The correlation must have 1 to ${MAX_CORRELATION} characters, but is ${excerpt(text)}`,
  )
}
