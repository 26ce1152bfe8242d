import { DatasetId } from '@dure/contracts'
import { type Static, Type } from 'typebox'
import {
  CaseBody,
  CaseId,
  type Dataset,
  type DatasetCase,
  MAX_ADDED,
  MAX_CASE_BYTES,
} from './dataset.ts'

/** One line without control characters, and something in it that shows. */
export const Name = Type.String({
  minLength: 1,
  maxLength: 200,
  pattern: '^(?=.*\\S)[^\\u0000-\\u001f\\u007f-\\u009f\\ud800-\\udfff]+$',
  examples: ['refund questions'],
})
const Description = Type.String({ maxLength: 2000, pattern: '^[^\\u0000]*$' })

const closed = { additionalProperties: false }

export const CreateDataset = Type.Object(
  { name: Name, description: Type.Optional(Description) },
  { ...closed, $id: 'CreateDataset' },
)
export const UpdateDataset = Type.Object(
  { name: Type.Optional(Name), description: Type.Optional(Description) },
  { ...closed, minProperties: 1, $id: 'UpdateDataset' },
)

export const AddCases = Type.Array(CaseBody, {
  minItems: 1,
  maxItems: MAX_ADDED,
  $id: 'AddDatasetCases',
  description: `As JSON, or a case a line as application/x-ndjson. A case has at most ${MAX_CASE_BYTES} bytes`,
})

export const DatasetView = Type.Object(
  {
    id: DatasetId,
    name: Type.String(),
    description: Type.String(),
    revision: Type.Integer({
      minimum: 1,
      description: 'Rises with each change of cases; an experiment names the one that it ran on',
    }),
    caseCount: Type.Integer({ minimum: 0 }),
    createdBy: Type.String(),
    createdAt: Type.String({ format: 'date-time' }),
    updatedAt: Type.String({ format: 'date-time' }),
  },
  { $id: 'Dataset' },
)

export const CasesAdded = Type.Object(
  { ids: Type.Array(CaseId), dataset: DatasetView },
  { $id: 'DatasetCasesAdded' },
)

export const CaseView = Type.Object(
  {
    id: CaseId,
    since: Type.Integer({
      minimum: 1,
      description: 'The revision of the dataset that brought it as it is',
    }),
    ...CaseBody.properties,
  },
  { $id: 'DatasetCase' },
)

export function viewDataset(dataset: Dataset): Static<typeof DatasetView> {
  const { id, name, description, revision, caseCount, createdBy, createdAt, updatedAt } = dataset
  return {
    ...{ id, name, description, revision, caseCount, createdBy },
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  }
}

export function viewCase({ ordinal: _, ...of }: DatasetCase): Static<typeof CaseView> {
  return of
}
