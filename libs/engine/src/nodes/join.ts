import { TaskError } from '@dure/contracts'
import { Type } from 'typebox'
import { definePureNode, type Incoming, OUT } from './define.ts'

const byNode = <Value extends Type.TSchema>(value: Value) => Type.Record(Type.String(), value)

export const join = definePureNode({
  type: 'join',
  title: 'Join',
  description:
    'Waits for the branches that lead into it; its data is { results, errors }: of each node before it that has completed its data, of each that has failed its error',
  ports: [OUT],
  output: Type.Object({
    results: Type.Union([byNode(Type.Unknown()), Type.Array(Type.Unknown())]),
    errors: byNode(TaskError),
  }),
  config: Type.Object(
    {
      mode: Type.Enum(['all', 'any', 'n', 'race', 'settled'], {
        default: 'all',
        description:
          '`all`: all have completed, and one failure fails it. `any`: the first that completes. `n`: that many have completed. `race`: the first that ends, however. `settled`: all have ended, however',
      }),
      n: Type.Integer({ minimum: 1, maximum: 100, default: 1, description: 'Of the mode `n`' }),
      cancelLosers: Type.Boolean({
        default: true,
        description: 'What still runs when it is satisfied is cancelled',
      }),
      merge: Type.Enum(['object', 'list'], {
        default: 'object',
        description: 'Results by the id of their node, or in the order of the edges',
      }),
    },
    { additionalProperties: false },
  ),
  join: ({ mode, n, cancelLosers }) => ({ mode, n, cancelLosers }),
  evaluate({ merge }, _scope, incoming) {
    const results = byId(incoming, 'completed', ({ data = null }) => data)
    const errors = byId(incoming, 'failed', ({ error = UNKNOWN }) => error)
    return {
      port: OUT,
      data: {
        results: merge === 'list' ? [...results.values()] : Object.fromEntries(results),
        errors: Object.fromEntries(errors),
      },
    }
  },
})

const UNKNOWN: TaskError = { code: 'node.failed', message: 'It failed', class: 'internal' }

/** A node that leads into the join by two of its ports is one branch. */
function byId<Value>(
  incoming: readonly Incoming[],
  status: Incoming['status'],
  value: (branch: Incoming) => Value,
): Map<string, Value> {
  return new Map(
    incoming
      .filter((branch) => branch.status === status)
      .map((branch) => [branch.nodeId, value(branch)]),
  )
}
