import { InvalidInputError } from '@dure/kernel'
import { type Static, Type } from 'typebox'
import { withinNodeBudget } from '../expressions/budget.ts'
import { compileExpression, type Scope } from '../expressions/expression.ts'
import { definePureNode, Expression, OUT } from './define.ts'
import { compareValues, evaluateEach, evaluateItems, excerpt, keyOf, quote } from './values.ts'

const OPS = ['count', 'sum', 'avg', 'min', 'max', 'first', 'last', 'collect'] as const
type Op = (typeof OPS)[number]

const Metric = Type.Object(
  {
    op: Type.Enum(OPS),
    of: Type.Optional(
      Expression('a value of each item, such as `loop.item.total`; absent: the item'),
    ),
  },
  { additionalProperties: false },
)
type Metrics = Readonly<Record<string, Static<typeof Metric>>>
/** Of each item, by the name of the metric. */
type Values = ReadonlyMap<string, readonly unknown[]>

const Computed = Type.Record(Type.String(), Type.Unknown())

export const aggregate = definePureNode({
  type: 'aggregate',
  title: 'Aggregate',
  description:
    'Counts and adds up. Its data is { values, groups }: the metrics over all items, and, with groupBy, { key, values } of each group, in the order in which they first occur. Null is not counted, added or compared; of no values at all a sum is 0, and avg, min, max, first and last are null',
  ports: [OUT],
  output: Type.Object({
    values: Computed,
    groups: Type.Array(Type.Object({ key: Type.Unknown(), values: Computed })),
  }),
  config: Type.Object(
    {
      items: Expression('the list; of at most 10,000 items'),
      groupBy: Type.Optional(Expression('what a group has in common, such as `loop.item.country`')),
      metrics: Type.Record(Type.String({ minLength: 1, maxLength: 100 }), Metric, {
        minProperties: 1,
        maxProperties: 20,
      }),
    },
    { additionalProperties: false },
  ),
  evaluate({ items, groupBy, metrics }, scope) {
    const all = evaluateItems(items, scope)
    return withinNodeBudget(() => {
      const values = valuesOf(metrics, all, scope)
      const everything = all.map((_item, index) => index)
      const groups = groupBy === undefined ? [] : group(groupBy, all, scope)
      return {
        port: OUT,
        data: {
          values: compute(metrics, values, everything),
          groups: groups.map(({ key, members }) => ({
            key,
            values: compute(metrics, values, members),
          })),
        },
      }
    })
  },
})

function valuesOf(metrics: Metrics, items: readonly unknown[], scope: Scope): Values {
  return new Map(
    Object.entries(metrics).map(([name, { of }]) => {
      if (of === undefined) return [name, items]
      const expression = compileExpression(of)
      return [name, evaluateEach(items, scope, (each) => expression.evaluate(each))]
    }),
  )
}

interface Group {
  readonly key: unknown
  /** Indices of its items. */
  readonly members: number[]
}

function group(groupBy: string, items: readonly unknown[], scope: Scope): Group[] {
  const expression = compileExpression(groupBy)
  const groups = new Map<string, Group>()
  evaluateEach(items, scope, (each) => {
    const key = expression.evaluate(each)
    const id = keyOf(key, quote(groupBy))
    const known = groups.get(id) ?? { key, members: [] }
    known.members.push(each.loop?.index ?? 0)
    groups.set(id, known)
  })
  return [...groups.values()]
}

function compute(metrics: Metrics, values: Values, members: readonly number[]) {
  return Object.fromEntries(
    Object.entries(metrics).map(([name, { op }]) => {
      const own = values.get(name) ?? []
      const counted = members.map((index) => own[index]).filter((value) => value != null)
      return [name, COMPUTE[op](counted, name)]
    }),
  )
}

const COMPUTE: Readonly<Record<Op, (values: readonly unknown[], name: string) => unknown>> = {
  count: (values) => values.length,
  sum,
  avg: (values, name) => (values.length === 0 ? null : sum(values, name) / values.length),
  min: (values) => extreme(values, -1),
  max: (values) => extreme(values, 1),
  first: (values) => values[0] ?? null,
  last: (values) => values.at(-1) ?? null,
  collect: (values) => values,
}

function sum(values: readonly unknown[], name: string): number {
  let total = 0
  for (const value of values) total += number(value, name)
  return number(total, name)
}

function number(value: unknown, name: string): number {
  if (typeof value === 'number' && Number.isFinite(value)) return value
  throw new InvalidInputError(
    'node.not-a-number',
    `The metric ${name} adds up numbers, and one value is ${excerpt(value)}`,
  )
}

/** By the order of `sort`. */
function extreme(values: readonly unknown[], direction: 1 | -1): unknown {
  return values.reduce(
    (best, value) => (direction * compareValues(value, best) > 0 ? value : best),
    values[0] ?? null,
  )
}
