import { hash } from 'node:crypto'
import type { RanCode, RunCode, TaskRef, Tenant } from '@dure/contracts'
import { DeadlineExceededError, type DureError, InvalidInputError } from '@dure/kernel'
import type { Outcome, Sandbox } from '@dure/sandbox'
import { Value } from 'typebox/value'
import type { TrivialExecutor } from '../tasks/task.ts'

/** Whatever its policy says: a place in the sandbox is for many. */
const MAX_DEADLINE_MS = 30_000
const MAX_PROBLEMS = 20

/**
 * Runs the code of a node. It can reach nothing and has no clock, so that it does the same however
 * often it is done: its chance comes from the name of its step, its time from the beginning of its run.
 */
export function createCodeRunner(sandbox: Pick<Sandbox, 'run'>): TrivialExecutor<RunCode> {
  return {
    isTrivial: true,
    execute: (input, task) =>
      ranCode(sandbox, input, {
        tenant: task.tenant,
        timeoutMs: task.timeoutMs,
        seed: seedOf(task.taskKey),
        nowMs: startedAtMs(task),
      }),
  }
}

interface Circumstances {
  /** In whose line it waits for its turn. */
  readonly tenant: Tenant
  readonly timeoutMs: number
  readonly seed: number
  /** What the code takes for the time. */
  readonly nowMs: number
}

/** @throws DureError `code.*` for whatever is wrong with the code, or with its result */
export async function ranCode(
  sandbox: Pick<Sandbox, 'run'>,
  { source, input, outputSchema }: RunCode,
  { tenant, timeoutMs, seed, nowMs }: Circumstances,
): Promise<RanCode> {
  const deadlineMs = Math.min(timeoutMs, MAX_DEADLINE_MS)
  const program = { source, input: JSON.stringify(input), deadlineMs, seed, nowMs }
  const outcome = await sandbox.run(program, `${tenant.organizationId}/${tenant.projectId}`)
  if (outcome.kind === 'failed') throw errorOf(outcome)
  const result: unknown = JSON.parse(outcome.value)
  if (outputSchema) check(outputSchema, result)
  return { result, logs: [...outcome.logs] }
}

/** The same for the same step. */
export function seedOf(key: string): number {
  return Number.parseInt(hash('sha256', key).slice(0, 8), 16)
}

/** Ids of runs are UUIDs of version 7: their first 48 bits are milliseconds since 1970 (RFC 9562, 5.7). */
function startedAtMs({ runId }: TaskRef): number {
  return Number.parseInt(runId.slice('run_'.length, 'run_'.length + 12), 16)
}

type Failed = Extract<Outcome, { readonly kind: 'failed' }>

function errorOf({ reason, message, line }: Failed): DureError {
  return ERRORS[reason](line === undefined ? message : `${message} (line ${line})`)
}

const ERRORS: Readonly<Record<Failed['reason'], (said: string) => DureError>> = {
  syntax: (said) => new InvalidInputError('code.malformed', said),
  threw: (said) => new InvalidInputError('code.threw', said),
  'no-json': (said) => new InvalidInputError('code.no-json', said),
  'too-large': (said) => new InvalidInputError('code.result-too-large', said),
  'never-settles': (said) => new InvalidInputError('code.never-settles', said),
  deadline: (said) => new DeadlineExceededError('code.too-slow', `${said}: give it less to do`),
  memory: (said) => new InvalidInputError('code.out-of-memory', said),
  crashed: (said) => new InvalidInputError('code.crashed', said),
}

function check(schema: NonNullable<RunCode['outputSchema']>, result: unknown): void {
  const problems = Value.Errors(schema, result).slice(0, MAX_PROBLEMS)
  if (problems.length === 0) return
  throw new InvalidInputError(
    'code.result-mismatch',
    `The result is not what outputSchema says: ${problems.map(({ instancePath, message }) => `${instancePath || '/'} ${message}`).join('; ')}`,
  )
}
