import { hash } from 'node:crypto'
import type { Caller, RunId, Tenant } from '@dure/contracts'
import type { Payer } from '../models/model-call.ts'
import type { JsonSchema } from './json-schema.ts'
import type { BoundTool, ToolGrant } from './tool.ts'

/** One execution of a tool. */
export interface ToolWork {
  readonly callKey: string
  /** For the header Idempotency-Key: says no more of the call than that it is this one. */
  readonly idempotencyKey: string
  readonly tenant: Tenant
  readonly caller: Caller | undefined
  /** Who pays for what other services are asked; absent: the project alone. */
  readonly payer?: Payer | undefined
  /** Of the workflow that has begun the execution; undefined: none has. */
  readonly runId?: RunId | undefined
  /** It fits the schema of the tool and the constraints of the grant. */
  readonly input: unknown
  /** What is left of the time for the call. */
  readonly timeoutMs: number
  readonly signal: AbortSignal
  /** To be called before the other side may have noticed: from then on a failure may be a success. */
  readonly onSent: () => void
  /** To be called when the other side has said what became of it: from then on a failure is one. */
  readonly onAnswered: () => void
}

/** A tool as its source has it, with the configuration of a grant already applied. */
export type ToolDefinition = Pick<
  BoundTool,
  | 'name'
  | 'description'
  | 'inputSchema'
  | 'effect'
  | 'idempotent'
  | 'reach'
  | 'trust'
  | 'defaultApproval'
> & {
  /**
   * @returns JSON; nothing that counts when the answer comes as a message
   * @throws DureError for every failure that is not a bug
   */
  execute(work: ToolWork): Promise<unknown>
  /** What its answer comes from is another service: it may be asked again, which does nothing new. */
  readonly isRemote?: boolean
}

/** Where tools come from: what is built in, what the project has made, what an MCP server offers. */
export interface ToolSource {
  /**
   * @returns undefined when the source has no such tool
   * @throws InvalidInputError when it has, and the grant makes no sense for it
   */
  find(tenant: Tenant, grant: ToolGrant): Promise<ToolDefinition | undefined>
}

export function bound(definition: ToolDefinition, grant: ToolGrant): BoundTool {
  const { execute: _execute, isRemote: _isRemote, ...tool } = definition
  return { ...tool, grant, hash: sha256Of({ ...tool, grant }) }
}

/** Of JSON, whatever the order of its names. */
export function sha256Of(value: unknown): string {
  return hash('sha256', JSON.stringify(value, inOrder))
}

function inOrder(_name: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  const entries = Object.entries(value as JsonSchema)
  return Object.fromEntries(entries.sort(([one], [other]) => (one < other ? -1 : 1)))
}
