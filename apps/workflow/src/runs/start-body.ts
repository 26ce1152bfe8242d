import type { WorkflowId } from '@dure/contracts'
import { InvalidInputError } from '@dure/kernel'
import { type Static, Type } from 'typebox'
import { VersionNumber } from '../workflows/version-number.ts'
import { ANSWERING } from './prefer.ts'

const Input = Type.Record(Type.String({ maxLength: 200 }), Type.Unknown(), {
  default: {},
  examples: [{ name: '두레' }],
})
const Alias = Type.String({ pattern: '^[A-Za-z0-9_.-]{1,100}$', examples: ['prod'] })
/** No NUL: PostgreSQL has none in a text. */
const KEY = { minLength: 1, maxLength: 200, pattern: '^[^\\u0000]+$' }

export const StartRunBody = Type.Object(
  {
    input: Input,
    ...ANSWERING,
    version: Type.Optional(
      VersionNumber({ description: 'Absent, as `alias`: the published version' }),
    ),
    alias: Type.Optional(Alias),
  },
  { additionalProperties: false, $id: 'StartRun' },
)

/** What the second version of the API can say of a run that is to be started. */
const order = {
  target: Type.Enum(['workflow'], { default: 'workflow' }),
  ref: Type.String({
    pattern: '^wf_[0-9a-f]{32}(?:@[A-Za-z0-9_.-]{1,100})?$',
    description: 'A workflow, and after `@` an alias or the number of a version',
    examples: ['wf_0198c0de4a7b7c3e9f10223344556677@prod'],
  }),
  input: Input,
  priority: Type.Optional(
    Type.Integer({ minimum: 0, maximum: 9, description: '9 first; absent: 5' }),
  ),
  ttlMs: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: 604_800_000,
      description: 'Given up when it was not started within this many milliseconds',
    }),
  ),
  timeoutMs: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: 604_800_000,
      description: 'Milliseconds that it may take from its start',
    }),
  ),
  concurrencyKey: Type.Optional(
    Type.String({
      ...KEY,
      description: 'Of the runs of a project with the same key, one is under way at a time',
    }),
  ),
  onConflict: Type.Optional(
    Type.Enum(['reject', 'enqueue', 'interrupt', 'replace'], {
      description:
        'When one with this key is there: `reject` the new one, `enqueue` it, `interrupt` the others, or `replace` those that wait. Absent: `enqueue`',
    }),
  ),
  debounce: Type.Optional(
    Type.Object(
      {
        key: Type.String(KEY),
        ms: Type.Integer({ minimum: 1, maximum: 3_600_000 }),
      },
      {
        additionalProperties: false,
        description: 'Waits so long for another start with this key, whose input then counts',
      },
    ),
  ),
}

export const OrderRun = Type.Object(
  { ...order, ...ANSWERING },
  { additionalProperties: false, $id: 'OrderRun' },
)
export const OrderRuns = Type.Object(
  {
    runs: Type.Array(Type.Object(order, { additionalProperties: false }), {
      minItems: 1,
      maxItems: 100,
    }),
  },
  { additionalProperties: false, $id: 'OrderRuns' },
)
type Order = Static<typeof OrderRuns>['runs'][number]

/** An order, as the service takes it. @throws InvalidInputError `run.ambiguous-order` */
export function requestOf({ ref, concurrencyKey, onConflict, debounce, ...rest }: Order) {
  if (debounce && concurrencyKey !== undefined) {
    throw new InvalidInputError(
      'run.ambiguous-order',
      'Name a concurrency key or a debounce, not both',
      [{ pointer: '#/debounce', message: 'cannot be combined with `concurrencyKey`' }],
    )
  }
  const [workflowId = '', version] = ref.split('@')
  const target = version === undefined ? {} : targetOf(version)
  const { input, priority, ttlMs, timeoutMs } = rest
  return {
    workflowId: workflowId as WorkflowId,
    ...target,
    ...{ input, priority, ttlMs, timeoutMs, debounce },
    ...(concurrencyKey !== undefined && {
      concurrency: { key: concurrencyKey, onConflict: onConflict ?? 'enqueue' },
    }),
  }
}

function targetOf(name: string): { readonly version: number } | { readonly alias: string } {
  return /^[1-9][0-9]{0,8}$/.test(name) ? { version: Number(name) } : { alias: name }
}
