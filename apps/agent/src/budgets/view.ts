import { BudgetId } from '@dure/contracts'
import { type Static, Type } from 'typebox'
import { BUDGET_PERIODS, BUDGET_SCOPES, type Budget, POLICIES } from './budget.ts'
import { ENTRY_KINDS, type LedgerEntry } from './entry-store.ts'

const MAX_LIMIT_MICRO_USD = 1e15
const Money = (description: string) => Type.Integer({ description, examples: [25_000_000] })
const Nullable = (pattern: string) =>
  Type.Union([Type.String(), Type.Null()], { examples: [pattern] })

const Exhaustion = Type.Object(
  {
    policy: Type.Enum(POLICIES, {
      description:
        '`stop`: a call that does not fit is refused; `ask`: as well, and an execution waits until somebody raises the limit; `cheaper-model`: near the end, `model` is asked instead',
      examples: ['stop'],
    }),
    model: Type.Optional(
      Type.String({
        ...{ minLength: 1, maxLength: 200, pattern: '^[^\\u0000]*$' },
        description: 'Of `cheaper-model`, which needs one',
      }),
    ),
    atPercent: Type.Optional(
      Type.Integer({
        ...{ minimum: 1, maximum: 100 },
        description: 'Of `cheaper-model`: from when so much is spent and reserved; absent: 80',
      }),
    ),
  },
  { additionalProperties: false },
)

const RULES = {
  name: Type.String({ maxLength: 200, pattern: '^[^\\u0000]*$', examples: ['Support, November'] }),
  limitMicroUsd: Type.Integer({
    ...{ minimum: 0, maximum: MAX_LIMIT_MICRO_USD },
    description: 'In millionths of a US dollar: 25000000 is 25 dollars',
    examples: [25_000_000],
  }),
  onExhaustion: Exhaustion,
  warnAtPercents: Type.Array(Type.Integer({ minimum: 1, maximum: 1000 }), {
    maxItems: 10,
    description: 'The event `budget.warning` is recorded when so much of it is spent',
    examples: [[80, 100]],
  }),
}

const SUBJECT = {
  scope: Type.Enum(BUDGET_SCOPES, {
    description: '`run`: each run, or execution of an agent, has the whole limit for itself',
    examples: ['project'],
  }),
  period: Type.Enum(BUDGET_PERIODS, {
    default: 'none',
    description: 'Of the calendar in `timeZone`: with each, it is full again',
    examples: ['month'],
  }),
  timeZone: Type.String({
    ...{ minLength: 1, maxLength: 64, default: 'UTC' },
    examples: ['Asia/Seoul'],
  }),
}

export const CreateBudget = Type.Object(
  {
    ...SUBJECT,
    subjectId: Type.Optional(
      Type.String({
        ...{ minLength: 1, maxLength: 100 },
        description: 'Of the scopes `agent` (`agt_…`) and `key` (`key_…`), which need it',
      }),
    ),
    limitMicroUsd: RULES.limitMicroUsd,
    name: Type.Optional(RULES.name),
    onExhaustion: Type.Optional(Exhaustion),
    warnAtPercents: Type.Optional(RULES.warnAtPercents),
  },
  { additionalProperties: false, $id: 'CreateBudget' },
)

export const ChangeBudget = Type.Partial(Type.Object(RULES), {
  ...{ additionalProperties: false, minProperties: 1 },
  $id: 'ChangeBudget',
})

export const BudgetView = Type.Object(
  {
    id: BudgetId,
    ...SUBJECT,
    subjectId: Nullable('agt_0198c0de4a7b7c3e9f10223344556677'),
    ...RULES,
    current: Type.Union(
      [
        Type.Object({
          period: Type.String({
            description: '`2026-11-28`, `2026-11`, or empty for all time',
            examples: ['2026-11'],
          }),
          leftMicroUsd: Money('Below 0 when calls cost more than was reserved for them'),
          reservedMicroUsd: Money('Set apart for calls that are under way'),
          spentMicroUsd: Money('Of calls that are over'),
        }),
        Type.Null(),
      ],
      { description: 'In the period that is now; null for the scope `run`: see its ledger' },
    ),
    createdBy: Type.String(),
    createdAt: Type.String({ format: 'date-time' }),
    updatedAt: Type.String({ format: 'date-time' }),
  },
  { $id: 'Budget' },
)

export const EntryView = Type.Object(
  {
    id: Type.String({ examples: ['1042'] }),
    kind: Type.Enum(ENTRY_KINDS, {
      description:
        '`fund` and `limit`: the limit, and a change of it; `reserve` before a call and `settle` after it; `expire`: nobody settled it, so all is booked; `correct`: somebody did, later',
      examples: ['settle'],
    }),
    period: Type.String({ examples: ['2026-11'] }),
    availableMicroUsd: Money('Added to what is left. The four amounts add up to 0'),
    reservedMicroUsd: Money('Added to what is reserved'),
    spentMicroUsd: Money('Added to what is spent'),
    outsideMicroUsd: Money('Taken from whoever gave the budget its limit, and negative for it'),
    balanceMicroUsd: Money('What was left after it'),
    callKey: Nullable(
      'exe_0198c0de4a7b7c3e9f10223344556677/3/1/0b0e4c5e-6a0f-4b1c-9a51-5c9b6a3f2d10',
    ),
    projectId: Nullable('prj_0198c0de4a7b7c3e9f10223344556677'),
    runId: Nullable('run_0198c0de4a7b7c3e9f10223344556677'),
    agentId: Nullable('agt_0198c0de4a7b7c3e9f10223344556677'),
    keyId: Nullable('key_0198c0de4a7b7c3e9f10223344556677'),
    model: Nullable('gpt-5-mini'),
    at: Type.String({ format: 'date-time' }),
  },
  { $id: 'LedgerEntry' },
)

export function viewBudget(budget: Budget): Static<typeof BudgetView> {
  const { organizationId: _, revision: __, current, subjectId = null, ...rest } = budget
  return {
    ...rest,
    subjectId,
    warnAtPercents: [...budget.warnAtPercents],
    onExhaustion: exhaustionOf(budget),
    current: current
      ? {
          ...current,
          leftMicroUsd: budget.limitMicroUsd - current.reservedMicroUsd - current.spentMicroUsd,
        }
      : null,
    createdAt: budget.createdAt.toISOString(),
    updatedAt: budget.updatedAt.toISOString(),
  }
}

function exhaustionOf({ onExhaustion: { policy, model, atPercent } }: Budget) {
  return {
    policy,
    ...(model !== undefined && { model }),
    ...(atPercent !== undefined && { atPercent }),
  }
}

export function viewEntry(entry: LedgerEntry): Static<typeof EntryView> {
  return { ...entry, at: entry.at.toISOString() }
}
