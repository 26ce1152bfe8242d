import { InvalidInputError } from '@dure/kernel'
import { Type } from 'typebox'
import { renderDeep, renderText } from '../expressions/template.ts'
import { DeepTemplate, definePureNode, OUT, Template } from './define.ts'
import { excerpt } from './values.ts'

export const respond = definePureNode({
  type: 'respond',
  title: 'Respond',
  description: 'Answers the caller of the webhook that started the run, which goes on',
  ports: [OUT],
  output: Type.Object({ status: Type.Integer() }),
  config: Type.Object(
    {
      status: Type.Integer({ minimum: 200, maximum: 599, default: 200 }),
      headers: Type.Optional(
        Type.Record(Type.String({ maxLength: 200 }), Template('one header', 2000), {
          maxProperties: 50,
        }),
      ),
      body: Type.Optional(DeepTemplate('sent as JSON, or as it is when it is text; absent: null')),
    },
    { additionalProperties: false },
  ),
  evaluate({ status, headers = {}, body = null }, scope) {
    const rendered = Object.entries(headers).map(([name, value]): [string, string] => [
      name.toLowerCase(),
      renderText(value, scope),
    ])
    for (const [name, value] of rendered) checkHeader(name, value)
    const response = {
      status,
      headers: Object.fromEntries(rendered),
      body: renderDeep(body, scope),
    }
    return { port: OUT, data: { status }, response }
  },
})

/** Those that frame the message, and cookies, which would be of the whole installation. */
const RESERVED =
  /^(?:connection|content-length|keep-alive|set-cookie2?|te|trailer|transfer-encoding|upgrade|proxy-.*)$/

/** RFC 9110 §5.1 and §5.5: no value can end its line and begin another header. */
function checkHeader(name: string, value: string): void {
  const isAllowed = /^[a-z0-9!#$%&'*+.^_`|~-]+$/.test(name) && !RESERVED.test(name)
  if (isAllowed && /^[\t\x20-\x7e]*$/.test(value)) return
  throw new InvalidInputError(
    'respond.invalid-header',
    isAllowed
      ? `The header ${name} holds what a header cannot: ${excerpt(value)}`
      : `The header ${excerpt(name)} cannot be set`,
  )
}
