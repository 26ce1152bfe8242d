import type { DatasetId, Tenant } from '@dure/contracts'
import { ConflictError, NotFoundError } from '@dure/kernel'
import { type Static, Type } from 'typebox'

export const MAX_DATASETS = 200
/** Of one dataset at a time. */
export const MAX_CASES = 10_000
/** Added in one request. */
export const MAX_ADDED = 1000
export const MAX_CASE_BYTES = 65_536

const only = { additionalProperties: false }

export const CaseId = Type.Unsafe<`case_${string}`>(
  Type.String({
    pattern: '^case_[0-9a-f]{32}$',
    examples: ['case_0198c0de4a7b7c3e9f10223344556677'],
  }),
)
export type CaseId = Static<typeof CaseId>

const Text = Type.String({ minLength: 1, maxLength: MAX_CASE_BYTES, pattern: '^[^\\u0000]+$' })

const CaseMessage = Type.Object({ role: Type.Enum(['user', 'assistant']), content: Text }, only)

const ExpectedToolCall = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 200, examples: ['calculator'] }),
    arguments: Type.Optional(
      Type.Record(Type.String(), Type.Unknown(), {
        description: 'Absent: whatever it is called with',
        examples: [{ expression: '2 * 21' }],
      }),
    ),
  },
  only,
)
export type ExpectedToolCall = Static<typeof ExpectedToolCall>

/** What an agent is asked, and what is hoped for. */
export const CaseBody = Type.Object(
  {
    input: Type.Union([Text, Type.Array(CaseMessage, { minItems: 1, maxItems: 100 })], {
      description: 'A question, or a conversation whose last message is to be answered',
      examples: ['환불은 언제 되나요?'],
    }),
    expectedOutput: Type.Optional(
      Type.Unknown({
        description: 'A text, or JSON where the agent has an output schema',
        examples: ['7일 안에 환불됩니다.'],
      }),
    ),
    expectedToolCalls: Type.Optional(Type.Array(ExpectedToolCall, { maxItems: 50 })),
    metadata: Type.Optional(
      Type.Record(Type.String({ maxLength: 100 }), Type.String({ maxLength: 1000 }), {
        maxProperties: 20,
        examples: [{ topic: 'refund' }],
      }),
    ),
  },
  { ...only, $id: 'DatasetCaseBody' },
)
export type CaseBody = Static<typeof CaseBody>

export interface Dataset {
  readonly id: DatasetId
  /** Unique in its project. */
  readonly name: string
  readonly description: string
  /** Rises with each change of cases. */
  readonly revision: number
  readonly caseCount: number
  readonly createdBy: string
  readonly createdAt: Date
  readonly updatedAt: Date
}

export interface DatasetCase extends CaseBody {
  readonly id: CaseId
  /** Where it stands among the others, in the order in which they were added; it stays when the case is changed. */
  readonly ordinal: number
  /** The revision of the dataset that brought it as it is. */
  readonly since: number
}

export interface DatasetKey {
  readonly tenant: Tenant
  readonly datasetId: DatasetId
}

/** Whether a change is of what its author has seen. */
export type IsExpected<Thing> = (thing: Thing) => boolean

export function datasetNotFound(): NotFoundError {
  return new NotFoundError('dataset.not-found', 'There is no such dataset')
}

export function caseNotFound(): NotFoundError {
  return new NotFoundError('dataset-case.not-found', 'The dataset has no such case')
}

export function datasetNameTaken(name: string): ConflictError {
  const detail = `The project has a dataset ${name} already: edit that one, or take another name`
  return new ConflictError('dataset.name-taken', detail)
}

export function tooManyDatasets(): ConflictError {
  const detail = `A project has at most ${MAX_DATASETS} datasets: delete one that nothing uses`
  return new ConflictError('dataset.too-many', detail)
}

export function tooManyCases(): ConflictError {
  const detail = `A dataset has at most ${MAX_CASES} cases: delete some, or begin another dataset`
  return new ConflictError('dataset.too-many-cases', detail)
}

const MEANWHILE =
  'Somebody else has changed it meanwhile: get it again, and repeat the change if it still makes sense'

export function datasetChanged(): ConflictError {
  return new ConflictError('dataset.changed', MEANWHILE)
}

export function caseChanged(): ConflictError {
  return new ConflictError('dataset-case.changed', MEANWHILE)
}
