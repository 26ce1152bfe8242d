import { type Static, Type } from 'typebox'
import type { Scope } from '../expressions/expression.ts'
import { defineContainerNode, Expression, OUT } from './define.ts'
import { evaluateItems } from './values.ts'

const MapConfig = Type.Object(
  {
    items: Expression('the list, such as `nodes.find.data.chunks`; of at most 10,000 items'),
    concurrency: Type.Integer({
      minimum: 1,
      maximum: 50,
      default: 10,
      description: 'How many iterations are under way at one time',
    }),
    onItemError: Type.Enum(['fail', 'skip', 'collect'], {
      default: 'fail',
      description:
        'When an iteration fails: `fail` the node, `skip` its result, or `collect` its error beside the results',
    }),
    batchSize: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 1000,
        description: 'Each iteration gets a list of so many items; absent: one item',
      }),
    ),
  },
  { additionalProperties: false },
)

export const map = defineContainerNode({
  type: 'map',
  container: 'map',
  title: 'Map',
  description:
    'Runs its body once for each item of a list, which the body sees as `loop.item` and `loop.index`',
  ports: [OUT],
  config: MapConfig,
})

/**
 * What each iteration gets, in order.
 *
 * @throws InvalidInputError `node.not-a-list`, `node.too-many-items`, `expression.failed`
 */
export function itemsOfMap(
  { items, batchSize }: Static<typeof MapConfig>,
  scope: Scope,
): readonly unknown[] {
  const all = evaluateItems(items, scope)
  if (batchSize === undefined) return all
  const batches = Math.ceil(all.length / batchSize)
  return Array.from({ length: batches }, (_, index) =>
    all.slice(index * batchSize, (index + 1) * batchSize),
  )
}
