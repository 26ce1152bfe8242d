import { InvalidInputError } from '@dure/kernel'
import { Type } from 'typebox'
import { renderDeep } from '../expressions/template.ts'
import { DeepTemplate, definePureNode, OUT } from './define.ts'
import { checkItems, excerpt } from './values.ts'

type Op = 'set' | 'append' | 'inc'

export const setVariable = definePureNode({
  type: 'set_variable',
  title: 'Set a variable',
  description:
    'Gives a variable of the run a value, which all that comes later sees as `vars.<name>`; its data is { value }',
  ports: [OUT],
  output: Type.Object({ value: Type.Unknown() }),
  config: Type.Object(
    {
      name: Type.String({
        // CEL finds nothing in an object that has a field of one of these names.
        pattern: '^(?!(?:constructor|prototype)$)[a-z][a-z0-9_]{0,62}$',
        examples: ['total'],
      }),
      op: Type.Enum(['set', 'append', 'inc'], {
        default: 'set',
        description:
          '`append`: to a list, which is empty at first. `inc`: add to a number, which is 0 at first',
      }),
      value: Type.Optional(
        DeepTemplate('what it is set to, or what is added; absent: null, or 1 of `inc`'),
      ),
    },
    { additionalProperties: false },
  ),
  evaluate({ name, op, value }, scope) {
    const current = Object.hasOwn(scope.vars ?? {}, name) ? scope.vars?.[name] : undefined
    const result = CHANGES[op](current, renderDeep(value, scope), name)
    return { port: OUT, data: { value: result }, vars: { [name]: result } }
  },
})

const CHANGES: Readonly<Record<Op, (current: unknown, value: unknown, name: string) => unknown>> = {
  set: (_current, value = null) => value,
  append: (current = [], value = null, name) =>
    checkItems([...checkItems(current, `The variable ${name}`), value], `The variable ${name}`),
  inc: (current = 0, value = 1, name) => {
    const sum = number(current, `The variable ${name}`) + number(value, 'What is added')
    return number(sum, 'The sum')
  },
}

function number(value: unknown, what: string): number {
  if (typeof value === 'number' && Number.isFinite(value)) return value
  throw new InvalidInputError(
    'node.not-a-number',
    `${what} must be a number, but is ${excerpt(value)}`,
  )
}
