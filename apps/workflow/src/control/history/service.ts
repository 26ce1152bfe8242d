import type { RunId, Tenant } from '@dure/contracts'
import {
  commitsOf,
  type Explanation,
  explain,
  isPayloadRef,
  type NodeRecord,
  nodesOf,
  payloadsIn,
  type Replayed,
  type RunRow,
  type RunStore,
  replay,
} from '@dure/engine'
import { TooLargeError } from '@dure/kernel'
import type { RunEventView } from '../../runs/run-row.ts'
import { sha256 } from '../../sha256.ts'
import type { VersionSource } from '../../workflows/version-source.ts'
import type { RunHistories } from '../run-histories.ts'
import { type Checkpoint, checkpointsOf } from './checkpoints.ts'

/** What has happened in runs, as their events tell it. */
export interface HistoryService {
  /** @throws NotFoundError `run.not-found` */
  nodes(tenant: Tenant, runId: RunId): Promise<{ run: RunRow; nodes: NodeRecord[] }>
  /** The data of nodes as they are shown: large ones as far as a page may hold them. */
  contents(tenant: Tenant, nodes: readonly NodeRecord[]): Promise<unknown[]>
  /** @throws NotFoundError `run.not-found` */
  checkpoints(tenant: Tenant, runId: RunId): Promise<Checkpoint[]>
  /**
   * Why a run went the way it did.
   *
   * @throws NotFoundError `run.not-found`
   * @throws TooLargeError `history.too-large`
   */
  explain(tenant: Tenant, runId: RunId): Promise<Explanation>
  /**
   * Decides a run again from its record, on its own version of the workflow or on another one.
   *
   * @throws NotFoundError `run.not-found`, `workflow.version-not-found`
   * @throws TooLargeError `history.too-large`
   */
  replay(tenant: Tenant, runId: RunId, versionNumber: number | undefined): Promise<Replayed>
}

export interface HistoryServiceDependencies {
  readonly histories: RunHistories
  readonly payloads: Pick<RunStore, 'readPayloads'>
  readonly versions: Pick<VersionSource, 'byId' | 'resolve'>
}

const PAGE_BYTES = 4_194_304
/** Longer histories would keep this process from everything else while they are looked through. */
const MAX_EVENTS = 10_000
const MAX_BYTES = 67_108_864
const HASHES_AT_ONCE = 100

export function createHistoryService(dependencies: HistoryServiceDependencies): HistoryService {
  const { histories, payloads, versions } = dependencies

  async function whole(tenant: Tenant, runId: RunId) {
    const run = await histories.get(tenant, runId)
    refuseLarge(run.version > MAX_EVENTS)
    const events = await histories.events(run)
    return { run, events, payloads: await contentsIn(tenant, events) }
  }

  async function contentsIn(tenant: Tenant, events: readonly RunEventView[]) {
    const references = payloadsIn(events.map(({ event }) => event))
    refuseLarge(references.reduce((sum, { bytes }) => sum + bytes, 0) > MAX_BYTES)
    const contents = new Map<string, unknown>()
    for (let at = 0; at < references.length; at += HASHES_AT_ONCE) {
      const hashes = references.slice(at, at + HASHES_AT_ONCE).map(({ $payload }) => $payload)
      for (const one of await payloads.readPayloads(tenant, hashes)) contents.set(...one)
    }
    return contents
  }

  return {
    async nodes(tenant, runId) {
      const run = await histories.get(tenant, runId)
      return { run, nodes: nodesOf(await histories.events(run)) }
    },

    async contents(tenant, nodes) {
      const hashes: string[] = []
      let left = PAGE_BYTES
      for (const { data } of nodes) {
        if (!isPayloadRef(data) || data.bytes > left) continue
        left -= data.bytes
        hashes.push(data.$payload)
      }
      const found = await payloads.readPayloads(tenant, hashes)
      return nodes.map(({ data }) =>
        isPayloadRef(data) && found.has(data.$payload) ? found.get(data.$payload) : data,
      )
    },

    async checkpoints(tenant, runId) {
      return checkpointsOf(await histories.events(await histories.get(tenant, runId)))
    },

    async explain(tenant, runId) {
      const { run, events, payloads } = await whole(tenant, runId)
      const { plan } = await versions.byId(run.versionId)
      return explain({ plan, run: decided(run), sha256, payloads }, events)
    },

    async replay(tenant, runId, versionNumber) {
      const { run, events, payloads } = await whole(tenant, runId)
      const { plan } =
        versionNumber === undefined
          ? await versions.byId(run.versionId)
          : await versions.resolve(tenant, run.workflowId, { version: versionNumber }, 0)
      const commits = commitsOf(events).map((commit) => commit.map(({ event }) => event))
      return replay({ plan, run: decided(run), commits, sha256, payloads })
    },
  }
}

/** What decisions depend on of a run. */
function decided({ id: runId, tenant, workflowId, seed }: RunRow) {
  return { runId, tenant, workflowId, seed }
}

function refuseLarge(isTooLarge: boolean): void {
  if (!isTooLarge) return
  throw new TooLargeError(
    'history.too-large',
    `Only a run of at most ${MAX_EVENTS} events and ${MAX_BYTES} bytes of data can be looked through`,
  )
}
