import { type Static, Type } from 'typebox'
import type { Caller } from './identity.ts'

const Id = Type.String({ minLength: 1, maxLength: 100 })

/** Whose money it is, besides that of its project. What is absent has no budget of its own. */
export const SPENDER = {
  /** Of a workflow (`run_…`), or the execution of an agent (`exe_…`): the one that all others were begun by. */
  runId: Type.Optional(Id),
  /** For reports; a workflow has no budget. */
  workflowId: Type.Optional(Id),
  agentId: Type.Optional(Id),
  keyId: Type.Optional(Id),
}
export const Spender = Type.Object(SPENDER)
export type Spender = Static<typeof Spender>

const KEY = 'key:'

/** Who pays for what is asked for somebody: the key that was used, and for a run, what has begun it. */
export function spenderOf(
  caller: Pick<Caller, 'principals' | 'spender'> | undefined,
  of: Pick<Spender, 'runId' | 'workflowId'> = {},
): Spender {
  const keyId = caller?.principals.find((one) => one.startsWith(KEY))?.slice(KEY.length)
  const { runId, workflowId } = of
  return {
    ...(runId !== undefined && { runId }),
    ...(workflowId !== undefined && { workflowId }),
    ...(keyId ? { keyId } : {}),
    ...caller?.spender,
  }
}
