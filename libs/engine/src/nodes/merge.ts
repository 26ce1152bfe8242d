import { InvalidInputError } from '@dure/kernel'
import { Type } from 'typebox'
import { spend, withinNodeBudget } from '../expressions/budget.ts'
import { definePureNode, type Incoming, OUT } from './define.ts'
import { checkItems, excerpt, keyOf } from './values.ts'

export const merge = definePureNode({
  type: 'merge',
  title: 'Merge',
  description:
    'Makes one of what several branches give. `coalesce` gives the data of the first that has completed; the others give { items }',
  ports: [OUT],
  config: Type.Object(
    {
      mode: Type.Enum(['append', 'byKey', 'zip', 'coalesce'], {
        default: 'coalesce',
        description:
          '`append`: one list after the other. `byKey`: objects with one key become one object; of fields with one name, that of the later edge counts. `zip`: the first items together, then the second ones, with null where a list has ended',
      }),
      field: Type.String({
        minLength: 1,
        maxLength: 100,
        default: 'items',
        description: 'Where the list is in the data of a node that is not a list itself',
      }),
      key: Type.Optional(
        Type.String({ minLength: 1, maxLength: 100, description: 'Of `byKey`: the common field' }),
      ),
    },
    { additionalProperties: false },
  ),
  evaluate({ mode, field, key = 'id' }, _scope, incoming) {
    const completed = incoming.filter(({ status }) => status === 'completed')
    if (mode === 'coalesce') return { port: OUT, data: completed[0]?.data ?? null }
    const lists = completed.map((branch) => listOf(branch, field))
    const items = withinNodeBudget(() => combine(mode, lists, key))
    return { port: OUT, data: { items: checkItems(items, 'The merged list') } }
  },
})

type Lists = readonly (readonly unknown[])[]

function combine(mode: 'append' | 'byKey' | 'zip', lists: Lists, key: string): unknown[] {
  switch (mode) {
    case 'append':
      return lists.flat()
    case 'zip':
      return zip(lists)
    case 'byKey':
      return joinByKey(lists, key)
  }
}

function listOf({ nodeId, data }: Incoming, field: string): readonly unknown[] {
  const list = isRecord(data) && Object.hasOwn(data, field) ? data[field] : data
  return checkItems(list, `The data of ${nodeId}, or its field \`${field}\`,`)
}

function zip(lists: Lists): unknown[][] {
  const length = Math.max(0, ...lists.map((list) => list.length))
  return Array.from({ length }, (_, index) => lists.map((list) => list[index] ?? null))
}

function joinByKey(lists: Lists, key: string): unknown[] {
  const joined = new Map<string, Record<string, unknown>>()
  for (const item of lists.flat()) {
    if (!isRecord(item) || !Object.hasOwn(item, key)) {
      throw new InvalidInputError(
        'node.invalid-key',
        `To be merged by key, items must be objects with the field \`${key}\`, but one is ${excerpt(item)}`,
      )
    }
    const id = keyOf(item[key], `The field \`${key}\``)
    const known = joined.get(id)
    spend(1 + (known ? Object.keys(known).length : 0))
    joined.set(id, { ...known, ...item })
  }
  return [...joined.values()]
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
