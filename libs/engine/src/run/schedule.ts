import {
  agentQueue,
  type Caller,
  outgoing,
  type RunEventOf,
  type TaskError,
  type TaskRef,
} from '@dure/contracts'
import { InvalidInputError } from '@dure/kernel'
import { compileExpression } from '../expressions/expression.ts'
import { renderText } from '../expressions/template.ts'
import type { TaskNodeType } from '../nodes/define.ts'
import type { NewTask } from '../orchestrator/ports.ts'
import { tooLarge } from './data.ts'
import { type Decision, named, scopeFor, taskKeyOf } from './decision.ts'
import { scopeOfPath } from './path.ts'
import type { PlannedNode } from './plan.ts'

export interface Attempt {
  readonly path: string
  readonly planned: PlannedNode
  readonly attempt: number
}

/** Time for one GET that asks what became of a write. */
const VERIFY_TIMEOUT_MS = 30_000
const VERIFY_MAX_BYTES = 262_144

/**
 * Begins one execution of a node with an effect, by a message or in this process.
 *
 * @returns why it cannot be begun; undefined when it is
 */
export function scheduleAttempt(decision: Decision, attempt: Attempt): TaskError | undefined {
  const { nodeType } = attempt.planned
  return explained(() => {
    if (nodeType.kind === 'task') return sendTask(decision, attempt, nodeType)
    if (nodeType.kind === 'pure' || nodeType.kind === 'in-place') beginInPlace(decision, attempt)
    return undefined
  })
}

/** Asks the other side what became of a write of which nobody knows the outcome. */
export function scheduleVerification(
  decision: Decision,
  { path, planned, attempt }: Attempt,
): TaskError | undefined {
  const { verify } = planned.node.policy ?? {}
  if (!verify) return { code: 'policy.no-verify', message: 'The policy says no way to verify' }
  return explained(() => {
    const task = taskRef(decision, { path, planned, attempt }, VERIFY_TIMEOUT_MS)
    const message = outgoing(agentQueue, 'task.send-http-request', {
      task,
      input: {
        method: 'GET',
        url: renderText(verify.url, scopeFor(decision, scopeOfPath(path))),
        headers: {},
        maxBytes: VERIFY_MAX_BYTES,
        idempotent: true,
        ...(verify.auth && { auth: verify.auth }),
      },
    })
    record(decision, { path, planned, attempt }, { request: { verify: true } })
    decision.tasks.push(outstanding({ path, attempt, message }))
    return undefined
  })
}

/** Whether the answer says that the write has happened. @throws InvalidInputError */
export function isVerified(decision: Decision, { path, planned }: Attempt, response: unknown) {
  const when = planned.node.policy?.verify?.when ?? 'false'
  const scope = { ...scopeFor(decision, scopeOfPath(path)), response }
  return compileExpression(when).evaluate(scope) === true
}

function sendTask(decision: Decision, { path, planned, attempt }: Attempt, nodeType: TaskNodeType) {
  const { config, policy } = planned.node
  const timeoutMs = policy?.timeoutMs ?? nodeType.defaultTimeoutMs
  const scope = scopeFor(decision, scopeOfPath(path))
  const task = taskRef(decision, { path, planned, attempt }, timeoutMs)
  const { caller } = decision.context.run
  const message = nodeType.message(config, scope, task, caller)
  const problem = tooLarge('What the node is asked', message.payload)
  if (problem) return problem
  record(decision, { path, planned, attempt }, {})
  const asked = policy?.cache?.key ? renderText(policy.cache.key, scope) : inputOf(message.payload)
  const asker = nodeType.dependsOnCaller ? `\n${askerOf(caller)}` : ''
  const cache = policy?.cache && {
    ttlS: policy.cache.ttlS,
    key: decision.context.sha256(`${planned.node.type}${asker}\n${asked}`),
  }
  decision.tasks.push({ ...outstanding({ path, attempt, message }), cache: cache ?? null })
  return undefined
}

/** For whom it is asked: whoever pays for it is told the same. */
function askerOf(caller: Caller | undefined): string {
  const { spender: _, ...asker } = caller ?? {}
  return JSON.stringify(caller ? asker : null)
}

/** What is asked, without who asks it. */
function inputOf(payload: unknown): string {
  const { input } = payload as { readonly input?: unknown }
  return JSON.stringify(input ?? null)
}

function beginInPlace(decision: Decision, { path, planned, attempt }: Attempt): void {
  const { nodeType, node, effect } = planned
  const scope = scopeFor(decision, scopeOfPath(path))
  const work =
    nodeType.kind === 'in-place'
      ? { request: nodeType.request(node.config, scope) }
      : nodeType.kind === 'pure'
        ? { evaluation: nodeType.evaluate(node.config, scope, []) }
        : undefined
  if (!work) return
  decision.record({
    type: 'node.started',
    ...named(path, planned),
    nodeType: node.type,
    attempt,
    kind: 'in-place',
  })
  decision.inPlace.push({
    path,
    attempt,
    nodeType: node.type,
    taskKey: taskKeyOf(decision.context.run.runId, path),
    timeoutMs: node.policy?.timeoutMs,
    effect: effect === 'pure' ? 'read' : effect,
    work,
  })
}

function taskRef(
  { context }: Decision,
  { path, planned, attempt }: Attempt,
  timeoutMs: number,
): TaskRef {
  const { runId, tenant, workflowId } = context.run
  const taskKey = taskKeyOf(runId, path)
  return { runId, tenant, workflowId, taskKey, nodeId: planned.id, attempt, timeoutMs }
}

function record(
  decision: Decision,
  { path, planned, attempt }: Attempt,
  more: Pick<RunEventOf<'node.scheduled'>, 'request'>,
): void {
  const nodeType = planned.node.type
  decision.record({ type: 'node.scheduled', ...named(path, planned), nodeType, attempt, ...more })
}

function outstanding(task: Pick<NewTask, 'path' | 'attempt' | 'message'>): NewTask {
  return { ...task, kind: 'task', request: null, childRunId: null, cache: null }
}

/** What the data do not allow is a failure of the node, and nobody's bug. */
export function explained(work: () => TaskError | undefined): TaskError | undefined {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error
    return { code: error.code, class: 'invalid', message: error.message.slice(0, 2000) }
  }
}
