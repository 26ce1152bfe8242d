import type { Identity, RunEvent, Tenant } from '@dure/contracts'
import { DureError } from '@dure/kernel'
import { pageKeyOf, pageOf } from '@dure/platform'
import { isOver } from '../../runs/run-row.ts'
import type { RunService } from '../../runs/service.ts'
import { type StartedRun, type StartService, starterOf } from '../../runs/start-service.ts'
import type { VersionSource } from '../../workflows/version-source.ts'
import type { DoorRuns } from '../run-service.ts'
import { errorResult, failureResultOf, refusalOf, resultOf, type ToolResult } from './result.ts'
import { endOfIdIn, type StoredTool, type Tool, toolOf } from './tool.ts'
import type { ToolStore } from './tool-store.ts'

export interface ToolCall {
  readonly identity: Identity
  readonly name: string
  readonly args: Readonly<Record<string, unknown>>
  readonly idempotencyKey: string | undefined
  /** When it aborts, the run is cancelled. */
  readonly signal: AbortSignal
  /** Absent: nobody wants to know how far it is. */
  readonly onProgress?: ((progress: Progress) => Promise<void>) | undefined
}

export interface Progress {
  /** How many nodes at the top of the workflow are settled. */
  readonly progress: number
  /** How many there are. */
  readonly total: number
  readonly message: string
}

/** Published workflows as tools: a call is a run. */
export interface ToolService {
  /** Newest first. @throws InvalidInputError `page.invalid-cursor` */
  list(
    tenant: Tenant,
    cursor: string | undefined,
  ): Promise<{ readonly tools: readonly Tool[]; readonly nextCursor: string | null }>
  /** What goes wrong with the run is part of the result. @returns undefined when there is no such tool */
  call(call: ToolCall): Promise<ToolResult | undefined>
}

export interface ToolServiceDependencies {
  readonly store: ToolStore
  readonly starts: Pick<StartService, 'start'>
  readonly runs: Pick<RunService, 'follow' | 'contentOf'>
  readonly versions: Pick<VersionSource, 'byId'>
  readonly doorRuns: DoorRuns
}

const TOOLS_AT_ONCE = 50

export function createToolService(dependencies: ToolServiceDependencies): ToolService {
  const { store } = dependencies
  return {
    async list(tenant, cursor) {
      const page = { limit: TOOLS_AT_ONCE + 1, after: pageKeyOf(cursor) }
      const { data, nextCursor } = pageOf(await store.page(tenant, page), TOOLS_AT_ONCE)
      return { tools: data.map(toolOf), nextCursor }
    },

    async call(call) {
      const endOfId = endOfIdIn(call.name)
      const tool = endOfId && (await store.find(call.identity.tenant, call.name, endOfId))
      if (!tool) return undefined
      try {
        return await run(dependencies, call, tool)
      } catch (error) {
        if (error instanceof DureError) return refusalOf(error)
        throw error
      }
    },
  }
}

async function run(
  dependencies: ToolServiceDependencies,
  call: ToolCall,
  { id: workflowId }: StoredTool,
): Promise<ToolResult> {
  const { starts, runs, doorRuns } = dependencies
  const { identity, args: input, idempotencyKey, signal } = call
  const order = { ...starterOf(identity), workflowId, input, idempotencyKey }
  const started = await starts.start(order)
  if (call.onProgress) await tellProgress(dependencies, started, { signal, tell: call.onProgress })
  const ended = await doorRuns.whenEnded(started, signal)
  if (!isOver(ended.run)) {
    if (idempotencyKey === undefined) await doorRuns.giveUp(identity, ended.run.id)
    return errorResult(`request.deadline-exceeded: The run was given up (${ended.run.id})`)
  }
  if (ended.run.status !== 'completed') return failureResultOf(ended.run)
  const output = await runs.contentOf(identity.tenant, ended.run.output)
  return resultOf(output, await doorRuns.answersIn(ended))
}

/** Tells how far the run is until it has ended. */
async function tellProgress(
  { runs, versions }: ToolServiceDependencies,
  { run: { id: runId, versionId } }: StartedRun,
  { signal, tell }: { signal: AbortSignal; tell: NonNullable<ToolCall['onProgress']> },
): Promise<void> {
  const { graph } = await versions.byId(versionId)
  const total = graph.nodes.filter(({ type }) => type !== 'note').length
  let progress = 0
  for await (const news of runs.follow({ runId, afterVersion: 0, signal, isBehind: () => true })) {
    if (!('version' in news) || !isSettled(news.event)) continue
    progress += 1
    await tell({ progress, total, message: `${news.event.nodeId} ${news.event.type.slice(5)}` })
  }
}

type Settled = Extract<RunEvent, { type: 'node.completed' | 'node.failed' | 'node.skipped' }>

function isSettled(event: RunEvent): event is Settled {
  const { type } = event
  const settles = type === 'node.completed' || type === 'node.failed' || type === 'node.skipped'
  return settles && event.path === undefined
}
