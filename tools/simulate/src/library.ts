import type { RunId, Tenant, WorkflowId, WorkflowVersionId } from '@dure/contracts'
import {
  type Creation,
  type NewTask,
  nodeTypes,
  type PublishedVersion,
  planOf,
  type RunIdentity,
  validateGraph,
} from '@dure/engine'
import type { Outline } from './check/outline.ts'
import { outlineOf } from './check/outline.ts'
import { generateGraph } from './generate/graph.ts'
import type { Random } from './random.ts'

/** The workflows of one simulation, all published. */
export interface Library {
  readonly versions: readonly PublishedVersion[]
  byId(id: string): PublishedVersion
  outline(versionId: string): Outline
  /** A new run that nobody's run started, of the workflow with this number. */
  runOf(
    index: number,
    idHex: string,
    more: Pick<RunIdentity, 'input' | 'seed' | 'timeoutMs'>,
  ): RunIdentity
  /** The run that a task of kind `child` asks for. */
  childOf(parent: RunIdentity, task: NewTask, seed: string): RunIdentity | undefined
  creation(idempotencyKey: string | null): Creation
}

const TENANT = {
  organizationId: `org_${'1'.repeat(32)}`,
  projectId: `prj_${'2'.repeat(32)}`,
} as Tenant

/**
 * Generates workflows of which each may start those after it.
 *
 * @throws TypeError when one of them is not valid: then the generator has to be mended
 */
export function createLibrary(random: Random, sizes: readonly number[]): Library {
  const ids = sizes.map(() => `wf_${random.hex(32)}` as WorkflowId)
  const versions = sizes.map((size, index): PublishedVersion => {
    const callable = ids.slice(index + 1)
    const graph = generateGraph(random.fork(`workflow-${index}`), { size, callable })
    const { problems } = validateGraph(graph, nodeTypes, '#')
    if (problems.length > 0) throw new TypeError(`Generated: ${JSON.stringify(problems)}`)
    const id = `wfv_${random.hex(32)}` as WorkflowVersionId
    return {
      id,
      workflowId: ids[index] as WorkflowId,
      number: 1,
      graph,
      plan: planOf(graph, nodeTypes),
    }
  })
  const outlines = new Map(versions.map(({ id, graph }) => [id as string, outlineOf(graph)]))

  function byId(id: string): PublishedVersion {
    const found = versions.find((version) => version.id === id)
    if (!found) throw new RangeError(`No version ${id}`)
    return found
  }

  function identity(version: PublishedVersion, id: RunId) {
    const { id: versionId, workflowId, number } = version
    return {
      id,
      tenant: TENANT,
      workflowId,
      versionId,
      versionNumber: number,
      priority: 5,
      trace: {},
    }
  }

  return {
    versions,
    byId,
    outline: (versionId) => outlines.get(versionId) ?? new Map(),
    runOf(index, idHex, more) {
      const version = versions[index]
      if (!version) throw new RangeError(`No workflow ${index}`)
      const id = `run_${idHex}` as RunId
      return {
        ...identity(version, id),
        ...more,
        startedBy: 'key_simulation',
        depth: 0,
        parent: null,
      }
    },
    childOf(parent, { path, attempt, request, childRunId }, seed) {
      const version = versions.find(
        ({ workflowId }) => request?.kind === 'child' && workflowId === request.workflowId,
      )
      if (!version || !childRunId || request?.kind !== 'child') return undefined
      return {
        ...identity(version, childRunId),
        ...{ input: request.input, startedBy: parent.startedBy, seed, depth: parent.depth + 1 },
        timeoutMs: parent.timeoutMs,
        parent: request.wait ? { runId: parent.id, path, attempt } : null,
      }
    },
    creation: (idempotencyKey) => ({
      ...{ idempotencyKey, requestHash: null, concurrencyKey: null, debounceKey: null },
      ...{ ttlMs: null, startAfterMs: null, labels: {} },
    }),
  }
}
