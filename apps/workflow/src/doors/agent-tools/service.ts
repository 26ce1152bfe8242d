import {
  agentToolAnswersQueue,
  type Caller,
  type ExecutionId,
  outgoing,
  type RunId,
  type Tenant,
  type ToolAnswer,
} from '@dure/contracts'
import type { Orchestrator, RunIdentity, RunRow } from '@dure/engine'
import { DureError, failureClassOf, InvalidInputError, NotFoundError } from '@dure/kernel'
import { asTenant, type Logger } from '@dure/platform'
import type { Queues } from '@dure/platform/queues'
import { inputSchemaOf } from '../../runs/input.ts'
import type { RunReadStore } from '../../runs/read-store.ts'
import { isOver } from '../../runs/run-row.ts'
import type { StartService } from '../../runs/start-service.ts'
import type { VersionSource } from '../../workflows/version-source.ts'
import type { CatalogueStore } from '../catalogue-store.ts'

/** A call of the tool `run_workflow`. */
export interface WorkflowCall {
  readonly tenant: Tenant
  readonly callKey: string
  readonly workflow: string
  readonly input: Readonly<Record<string, unknown>>
  readonly caller?: Caller
  readonly runId?: RunId
  readonly timeoutMs: number
}

/** Runs that agents start. A message may come twice, and an answer may be lost: then the call is sent again. */
export interface AgentToolRuns {
  start(call: WorkflowCall): Promise<void>
  cancel(tenant: Tenant, callKey: string): Promise<void>
  /** Tells the execution that waits for it. */
  ended(run: Pick<RunRow, 'id' | 'tenant' | 'startedBy'>): Promise<void>
}

interface Parts {
  readonly catalogue: Pick<CatalogueStore, 'find'>
  readonly starts: Pick<StartService, 'start'>
  readonly versions: Pick<VersionSource, 'resolve'>
  readonly reader: Pick<RunReadStore, 'byId' | 'findByKey'>
  readonly orchestrator: () => Pick<Orchestrator, 'command'>
  readonly contentOf: (tenant: Tenant, data: unknown) => Promise<unknown>
  readonly queues: Pick<Queues, 'send'>
  readonly log: Pick<Logger, 'warn'>
}

/** Agents may run workflows whose agents run workflows, so deep. */
const MAX_DEPTH = 5
/** Whom a run is started by says which call it answers. No client is called so. */
const STARTER = 'tool-call:'

export function isAgentToolRun({ startedBy }: Pick<RunIdentity, 'startedBy'>): boolean {
  return startedBy.startsWith(STARTER)
}

export function createAgentToolRuns(parts: Parts): AgentToolRuns {
  const { reader, queues, log } = parts

  const answer = (tenant: Tenant, callKey: string, result: ToolAnswer) => {
    const executionId = callKey.slice(0, callKey.indexOf('/')) as ExecutionId
    return queues.send(
      outgoing(agentToolAnswersQueue, 'tool.answered', { tenant, executionId, callKey, result }),
    )
  }

  async function ended(run: Pick<RunRow, 'id' | 'tenant' | 'startedBy'>): Promise<void> {
    const row = await reader.byId(run.id)
    if (!row || !isOver(row)) return
    const output = await parts.contentOf(row.tenant, row.output)
    await answer(row.tenant, run.startedBy.slice(STARTER.length), resultOf(row, output))
  }

  return {
    start: (call) =>
      asTenant(call.tenant, async () => {
        try {
          const { run } = await start(parts, call)
          if (isOver(run)) await ended(run)
        } catch (error) {
          if (!(error instanceof DureError) || error.transient) throw error
          await answer(call.tenant, call.callKey, refusalOf(error))
        }
      }),

    cancel: (tenant, callKey) =>
      asTenant(tenant, async () => {
        const run = await reader.findByKey(tenant, keyOf(callKey))
        if (!run || isOver(run)) return
        const by = `${STARTER}${callKey}`
        const command = { type: 'run.cancel', by, reason: 'The agent that has started it is over' }
        const item = {
          id: `cancel-${callKey}`,
          command: command as { type: 'run.cancel'; by: string },
        }
        await parts.orchestrator().command(run.id, tenant, item)
      }),

    ended: (run) =>
      ended(run).catch((error: unknown) =>
        log.warn({ err: error, runId: run.id }, 'an agent was not told: it asks again'),
      ),
  }
}

async function start({ catalogue, starts, reader, versions }: Parts, call: WorkflowCall) {
  const { tenant, callKey, workflow, input, caller, runId, timeoutMs } = call
  const begun = await reader.findByKey(tenant, keyOf(callKey))
  if (begun) return { run: begun }
  const depth = (await depthOf(reader, runId)) + 1
  if (depth > MAX_DEPTH) throw tooDeep()
  const [ref = '', alias] = workflow.split('@', 2)
  const entry = await catalogue.find(tenant, ref)
  if (!entry) throw unknown(workflow)
  const { id: workflowId } = entry
  const order = {
    ...{ tenant, startedBy: `${STARTER}${callKey}`, caller, depth },
    ...{ workflowId, alias, input, idempotencyKey: keyOf(callKey) },
    ...{ timeoutMs, ttlMs: timeoutMs },
  }
  return starts.start(order).catch(async (error: unknown) => {
    if (!(error instanceof InvalidInputError) || error.code !== 'run.invalid-input') throw error
    // Of several versions that an alias leads to, the stable one says what is asked for.
    const { graph } = await versions.resolve(tenant, workflowId, { alias }, 0)
    throw new MisfitError(error, inputSchemaOf(graph))
  })
}

/** So much is a model told of what a workflow asks for: a problem has room beside it. */
const MAX_SCHEMA = 1200

/** The input is not what the workflow asks for: the model, which has never seen it, is told what that is. */
class MisfitError extends InvalidInputError {
  constructor({ code, message, fields }: InvalidInputError, schema: object | undefined) {
    const json = JSON.stringify(schema ?? {})
    const isShort = json.length <= MAX_SCHEMA
    const names = Object.keys(Object(Object(schema).properties)).join(', ')
    const asked = isShort
      ? `this JSON Schema: ${json}`
      : `its fields: ${names.slice(0, MAX_SCHEMA)}`
    super(code, `${message}. \`input\` has to fit ${asked}`, fields)
  }
}

/** Runs of nodes, of agents, of members of teams: all are counted by the run that is around them. */
async function depthOf(reader: Parts['reader'], runId: RunId | undefined): Promise<number> {
  if (runId === undefined) return 0
  const within = await reader.byId(runId)
  if (!within) throw new NotFoundError('run.not-found', 'The run around the agent is not there')
  return within.depth
}

function keyOf(callKey: string): string {
  return `${STARTER}${callKey}`
}

function resultOf(run: RunRow, output: unknown): ToolAnswer {
  const { id: runId, status, error, costMicroUsd } = run
  // A run counts what it cost, and no tokens.
  const usage = costMicroUsd > 0 && { usage: { inputTokens: 0, outputTokens: 0, costMicroUsd } }
  if (status === 'completed') return { status: 'succeeded', output: { runId, output }, ...usage }
  const code = error?.code ?? `run.${status.replace('_', '-')}`
  const message = `${error?.message ?? `The run was ${status.replace('_', ' ')}`} (${runId})`
  const failure = status === 'timed_out' ? 'timeout' : 'rejected'
  return {
    status: 'failed',
    error: { code, message: message.slice(0, 2000), class: failure },
    ...usage,
  }
}

function refusalOf(error: DureError): ToolAnswer {
  const fields = error instanceof InvalidInputError ? error.fields : []
  const places = fields.map(({ pointer, message }) => `\n- ${pointer}: ${message}`)
  const message = `${error.message}${places.join('')}`.slice(0, 2000)
  const failure = { code: error.code, message, class: failureClassOf(error.kind) }
  return { status: 'failed', error: failure }
}

function tooDeep(): InvalidInputError {
  const hint = `Agents may run workflows ${MAX_DEPTH} deep: this call would be one more`
  return new InvalidInputError('tool.too-deep', hint)
}

function unknown(workflow: string): NotFoundError {
  const hint =
    'nothing of that name is published, or several workflows have the name: name it by its id'
  return new NotFoundError('workflow.not-found', `There is no workflow ${workflow}: ${hint}`)
}
