import type { RunEvent, Tenant } from '@dure/contracts'
import type { CommitResult, RunChange, RunRow, RunStore, StoredRun } from '@dure/engine'
import { copy, type Database, ENDED, type RunRecord } from './database.ts'

/** The store without its waiting: each call takes effect at once, as one. */
export type StoreCalls = {
  readonly [Name in keyof RunStore]: (
    ...args: Parameters<RunStore[Name]>
  ) => Awaited<ReturnType<RunStore[Name]>>
}

/**
 * The semantics of the port `RunStore`, written from its text alone: what the store on PostgreSQL
 * does differently is a defect of one of the two. Both are put through the vectors in contract.ts.
 */
export function createStoreCalls(
  database: Database,
  now: () => number,
  committed: (change: RunChange) => void = () => {},
): StoreCalls {
  const { runs, payloads } = database
  const of = (runId: RunChange['run']['id'], tenant: Tenant) => {
    const record = runs.get(runId)
    return record && tenantKey(record.run.tenant) === tenantKey(tenant) ? record : undefined
  }
  return {
    load: (runId, knownVersion) => read(runs.get(runId), now(), knownVersion),
    commit(change) {
      const result = commit(database, copy(change), now())
      if (result.state === 'committed') committed(change)
      return result
    },
    recordResult({ runId, tenant, path, attempt }, outcome) {
      const task = of(runId, tenant)?.tasks.get(path)
      if (task?.state !== 'open' || task.task.attempt !== attempt) return false
      const record = of(runId, tenant)
      record?.tasks.set(path, { ...task, state: 'answered', outcome: copy(outcome) })
      if (record?.lease) record.dirty = true
      return true
    },
    post(runId, tenant, item) {
      const record = of(runId, tenant)
      const inbox = record?.inbox
      if (!record || !inbox || inbox.some((other) => other.item.id === item.id)) return false
      inbox.push({ item: copy(item), at: now(), consumed: false })
      // Who holds no lease is not waited for, and needs not be told.
      if (record.lease) record.dirty = true
      return true
    },
    markDirty(runId) {
      const record = runs.get(runId)
      if (!record?.lease || record.lease.untilMs <= now()) return false
      record.dirty = true
      return true
    },
    renewLeases(owner, runIds, forMs) {
      return runIds.filter((runId) => {
        const record = runs.get(runId)
        if (record?.lease?.owner !== owner || record.lease.untilMs <= now()) return false
        record.lease = { owner, untilMs: now() + forMs }
        return true
      })
    },
    saveSnapshot(runId, version, state) {
      const record = runs.get(runId)
      if (!record || version > record.events.length) return
      if ((record.snapshot?.version ?? 0) >= version) return
      record.snapshot = { version, state: JSON.stringify(state) }
    },
    readPayloads(tenant, hashes) {
      const found = hashes.flatMap((hash) => {
        const json = payloads.get(`${tenantKey(tenant)}/${hash}`)
        return json === undefined ? [] : [[hash, JSON.parse(json)] as const]
      })
      return new Map(found)
    },
    writePayloads(tenant, written) {
      for (const { hash, json } of written) payloads.set(`${tenantKey(tenant)}/${hash}`, json)
    },
  }
}

/** The same as the port wants it, for those who need no virtual time. */
export function asRunStore(calls: StoreCalls): RunStore {
  return {
    load: async (runId, knownVersion) => calls.load(runId, knownVersion),
    commit: async (change) => calls.commit(change),
    recordResult: async (task, outcome) => calls.recordResult(task, outcome),
    post: async (runId, tenant, item) => calls.post(runId, tenant, item),
    markDirty: async (runId) => calls.markDirty(runId),
    renewLeases: async (owner, runIds, forMs) => calls.renewLeases(owner, runIds, forMs),
    saveSnapshot: async (runId, version, state) => calls.saveSnapshot(runId, version, state),
    readPayloads: async (tenant, hashes) => calls.readPayloads(tenant, hashes),
    writePayloads: async (tenant, written) => calls.writePayloads(tenant, written),
  }
}

function tenantKey({ organizationId, projectId }: Tenant): string {
  return `${organizationId}/${projectId}`
}

function read(
  record: RunRecord | undefined,
  now: number,
  knownVersion: number | undefined,
): StoredRun | undefined {
  if (!record) return undefined
  const { events, tasks, inbox, lease, snapshot } = record
  const from = knownVersion ?? snapshot?.version ?? 0
  return {
    row: rowOf(record),
    now,
    snapshot:
      knownVersion === undefined && snapshot
        ? { version: snapshot.version, state: JSON.parse(snapshot.state) }
        : undefined,
    events: events.slice(from).map((event) => JSON.parse(event) as RunEvent),
    results: [...tasks].flatMap(([path, { task, state, outcome }]) =>
      state === 'answered' && outcome
        ? [{ path, attempt: task.attempt, outcome: copy(outcome) }]
        : [],
    ),
    inbox: inbox.flatMap(({ item, consumed }) => (consumed ? [] : [copy(item)])),
    lease: lease && { owner: lease.owner, expired: lease.untilMs <= now },
  }
}

function rowOf(record: RunRecord): RunRow {
  const { run, creation, events, status, output, error, costMicroUsd } = record
  return {
    ...copy(run),
    status,
    version: events.length,
    output: output === undefined ? undefined : JSON.parse(output),
    error,
    costMicroUsd,
    requestHash: creation.requestHash,
    createdAt: new Date(record.createdAt),
    endedAt: record.endedAt === null ? null : new Date(record.endedAt),
  }
}

function commit(database: Database, change: RunChange, now: number): CommitResult {
  const record = guarded(database, change, now)
  if (!record) return { state: 'conflict' }
  record.events.push(...change.events.map((event) => JSON.stringify(event)))
  record.status = change.status
  record.costMicroUsd += change.costMicroUsd
  record.endedAt = ENDED.has(change.status) ? (record.endedAt ?? now) : null
  record.output = change.output === undefined ? undefined : JSON.stringify(change.output)
  record.error = change.error
  record.wakeAt = change.wakeAt
  record.lease = change.lease && {
    owner: change.lease.owner,
    untilMs: now + change.lease.forMs,
  }
  takeIn(record, change, now)
  const { dirty } = record
  record.dirty = false
  return { state: 'committed', dirty, now }
}

/** The run that may be changed; a new one is made here. Undefined: somebody else was faster. */
function guarded({ runs, keys }: Database, change: RunChange, now: number) {
  const { run, creation, expectedVersion } = change
  const existing = runs.get(run.id)
  if (existing) return existing.events.length === expectedVersion ? existing : undefined
  if (expectedVersion !== 0 || !creation) return undefined
  if (creation.idempotencyKey !== null) {
    const key = `${tenantKey(run.tenant)}/${creation.idempotencyKey}`
    if (keys.has(key)) return undefined
    keys.set(key, run.id)
  }
  const made = newRecord(run, creation, now)
  runs.set(run.id, made)
  return made
}

function newRecord(
  run: RunRecord['run'],
  creation: RunRecord['creation'],
  createdAt: number,
): RunRecord {
  return {
    ...{ run, creation, createdAt, events: [], tasks: new Map(), inbox: [] },
    ...{ status: 'queued', output: undefined, error: null, costMicroUsd: 0, endedAt: null },
    ...{ wakeAt: null, lease: null, dirty: false, snapshot: undefined },
  }
}

/** What was outstanding and is no more comes first: the same path may be asked for once more. */
function takeIn({ tasks, inbox }: RunRecord, change: RunChange, sentAt: number): void {
  const close = (paths: readonly string[], state: 'folded' | 'cancelled') => {
    for (const path of paths) {
      const task = tasks.get(path)
      if (task) tasks.set(path, { ...task, state })
    }
  }
  close(change.folded, 'folded')
  close(change.cancelled, 'cancelled')
  for (const task of change.tasks) {
    tasks.set(task.path, { task, state: 'open', outcome: undefined, sentAt })
  }
  for (const [index, entry] of inbox.entries()) {
    if (change.consumed.includes(entry.item.id)) inbox[index] = { ...entry, consumed: true }
  }
}
