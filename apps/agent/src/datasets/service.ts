import { randomUUIDv7 } from 'node:crypto'
import type { DatasetId, Identity } from '@dure/contracts'
import { type FieldProblem, InvalidInputError, prefixedId } from '@dure/kernel'
import { withTransaction } from '@dure/platform'
import type pg from 'pg'
import type { CaseStore } from './case-store.ts'
import {
  type CaseBody,
  type CaseId,
  caseChanged,
  caseNotFound,
  type Dataset,
  type DatasetCase,
  type DatasetKey,
  datasetChanged,
  datasetNameTaken,
  datasetNotFound,
  type IsExpected,
  MAX_CASE_BYTES,
  MAX_CASES,
  MAX_DATASETS,
  tooManyCases,
  tooManyDatasets,
} from './dataset.ts'
import type { DatasetDraft, DatasetStore } from './store.ts'

/** Everything that names a dataset throws NotFoundError `dataset.not-found`. */
export interface DatasetService {
  /** @throws ConflictError `dataset.name-taken`, `dataset.too-many` */
  create(identity: Identity, draft: DatasetDraft): Promise<Dataset>
  get(key: DatasetKey): Promise<Dataset>
  page: DatasetStore['page']
  /** @throws ConflictError `dataset.name-taken`, `dataset.changed` */
  update(
    key: DatasetKey,
    draft: Partial<DatasetDraft>,
    isExpected: IsExpected<Dataset>,
  ): Promise<Dataset>
  /** Experiments keep what they ran on. @throws ConflictError `dataset.changed` */
  remove(key: DatasetKey, isExpected: IsExpected<Dataset>): Promise<void>
  /**
   * All of them, or none.
   *
   * @throws InvalidInputError `dataset-case.invalid`
   * @throws ConflictError `dataset.too-many-cases`
   */
  addCases(
    key: DatasetKey,
    cases: readonly CaseBody[],
  ): Promise<{ readonly dataset: Dataset; readonly ids: readonly CaseId[] }>
  /** In their order. */
  cases(
    key: DatasetKey,
    page: { readonly from: number; readonly limit: number },
  ): Promise<DatasetCase[]>
  /** @throws NotFoundError `dataset-case.not-found` */
  getCase(key: DatasetKey, id: CaseId): Promise<DatasetCase>
  /**
   * @throws NotFoundError `dataset-case.not-found`
   * @throws ConflictError `dataset-case.changed`
   */
  replaceCase(
    key: DatasetKey,
    of: { readonly id: CaseId; readonly isExpected: IsExpected<DatasetCase> },
    body: CaseBody,
  ): Promise<DatasetCase>
  removeCase(
    key: DatasetKey,
    of: { readonly id: CaseId; readonly isExpected: IsExpected<DatasetCase> },
  ): Promise<void>
}

interface Parts {
  readonly pool: pg.Pool
  readonly store: DatasetStore
  readonly caseStore: CaseStore
}

export function createDatasetService(parts: Parts): DatasetService {
  return { ...keeping(parts), ...filling(parts) }
}

type Keeping = 'create' | 'get' | 'page' | 'update' | 'remove'

function keeping({ pool, store }: Parts): Pick<DatasetService, Keeping> {
  return {
    page: store.page,

    async create({ tenant, principalId: createdBy }, draft) {
      const id = prefixedId('dst', randomUUIDv7()) as DatasetId
      const created = await store.insert(tenant, { ...draft, id, createdBy, limit: MAX_DATASETS })
      if (created === 'name-taken') throw datasetNameTaken(draft.name)
      if (created === 'too-many') throw tooManyDatasets()
      return created
    },

    async get(key) {
      const dataset = await store.find(key)
      if (!dataset) throw datasetNotFound()
      return dataset
    },

    update: (key, draft, isExpected) =>
      withTransaction(pool, async (client) => {
        const dataset = await store.lock(client, key)
        if (!dataset) throw datasetNotFound()
        if (!isExpected(dataset)) throw datasetChanged()
        const updated = await store.update(client, key, draft)
        if (updated === 'name-taken') throw datasetNameTaken(draft.name ?? '')
        return updated
      }),

    remove: (key, isExpected) =>
      withTransaction(pool, async (client) => {
        const dataset = await store.lock(client, key)
        if (!dataset) throw datasetNotFound()
        if (!isExpected(dataset)) throw datasetChanged()
        await store.remove(client, key)
      }),
  }
}

function filling({ pool, store, caseStore }: Parts): Omit<DatasetService, Keeping> {
  const existing = async (key: DatasetKey) => {
    const dataset = await store.find(key)
    if (!dataset) throw datasetNotFound()
    return dataset
  }
  const getCase = async (key: DatasetKey, id: CaseId) => {
    await existing(key)
    const found = await caseStore.find(key, id)
    if (!found) throw caseNotFound()
    return found
  }
  const changeCase = <Result>(
    key: DatasetKey,
    of: { readonly id: CaseId; readonly isExpected: IsExpected<DatasetCase> },
    change: (client: pg.PoolClient, before: DatasetCase) => Promise<Result>,
  ) =>
    withTransaction(pool, async (client) => {
      if (!(await store.lock(client, key))) throw datasetNotFound()
      const before = await caseStore.find(key, of.id, client)
      if (!before) throw caseNotFound()
      if (!of.isExpected(before)) throw caseChanged()
      return change(client, before)
    })

  return {
    getCase,

    async addCases(key, cases) {
      checkSizes(cases)
      const added = cases.map((body) => ({ id: newCaseId(), body }))
      const dataset = await withTransaction(pool, async (client) => {
        const before = await store.lock(client, key)
        if (!before) throw datasetNotFound()
        if (before.caseCount + cases.length > MAX_CASES) throw tooManyCases()
        return caseStore.add(client, key, added)
      })
      return { dataset, ids: added.map(({ id }) => id) }
    },

    async cases(key, page) {
      const { revision } = await existing(key)
      return caseStore.page(key, { ...page, revision })
    },

    async replaceCase(key, of, body) {
      checkSizes([body])
      return changeCase(key, of, async (client, before) => {
        const { revision: since } = await caseStore.replace(client, key, before, body)
        return { ...body, id: before.id, ordinal: before.ordinal, since }
      })
    },

    async removeCase(key, of) {
      await changeCase(key, of, (client, before) => caseStore.remove(client, key, before))
    },
  }
}

/** @throws InvalidInputError `dataset-case.invalid` */
function checkSizes(cases: readonly CaseBody[]): void {
  const problems: FieldProblem[] = cases.flatMap((body, index) =>
    Buffer.byteLength(JSON.stringify(body)) > MAX_CASE_BYTES
      ? [{ pointer: `#/${index}`, message: `has more than ${MAX_CASE_BYTES} bytes` }]
      : [],
  )
  if (problems.length === 0) return
  throw new InvalidInputError('dataset-case.invalid', 'Make the cases smaller', problems)
}

function newCaseId(): CaseId {
  return prefixedId('case', randomUUIDv7()) as CaseId
}
