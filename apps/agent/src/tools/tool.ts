import type { Caller, RunId, TaskUsage, Tenant } from '@dure/contracts'
import type { OfferedTool, Payer } from '../models/model-call.ts'

/** What an agent may do with a tool: part of an agent version. */
export interface ToolGrant {
  /** `http_request`, a name of the project's registry, or `mcp:<server>/<tool>`. */
  readonly tool: string
  /** Absent, `policy`: what writes, or sends anywhere, needs one after untrusted content. */
  readonly approval?: 'never' | 'always' | 'policy'
  /** Such as `knowledgeBaseIds`, allowed `hosts`, `workflowId`: never the model's to choose. */
  readonly config?: Readonly<Record<string, unknown>>
  /** JSON Schema that the arguments must meet beside the tool's own. */
  readonly constraints?: Readonly<Record<string, unknown>>
}

export type ToolEffect = 'pure' | 'read' | 'write'

/**
 * Where arguments may end up. `own`: where this same conversation or person alone finds them again;
 * `inside`: not outside of the installation; `fixed`: at a place that the
 * author of the agent has chosen; `open`: wherever the model says.
 */
export type ToolReach = 'own' | 'inside' | 'fixed' | 'open'

/** A tool as one agent may use it. */
export interface BoundTool extends OfferedTool {
  readonly grant: ToolGrant
  readonly effect: ToolEffect
  readonly idempotent: boolean
  readonly reach: ToolReach
  /** Where the grant says nothing; absent: `policy`. */
  readonly defaultApproval?: 'always'
  /** Of what it gives back: anything from outside is untrusted. */
  readonly trust: 'trusted' | 'untrusted'
  /** SHA-256 of name, description, schema, effect and grant: approvals bind to it. */
  readonly hash: string
}

export interface ToolCall {
  /** `exe_…/3/0`: stable; the Idempotency-Key outward is made of it, and it is the key of the ledger. */
  readonly callKey: string
  readonly tenant: Tenant
  /** For whom it is read. */
  readonly caller: Caller | undefined
  readonly payer: Payer
  /** Of the workflow that has begun the execution; absent: none has. */
  readonly runId?: RunId | undefined
  readonly tool: BoundTool
  readonly input: unknown
  readonly timeoutMs: number
  readonly signal: AbortSignal
}

export type ToolResult =
  /** JSON, at most 64 KiB of text. */
  | { readonly status: 'succeeded'; readonly output: unknown; readonly usage?: TaskUsage }
  /** Is told to the model. */
  | {
      readonly status: 'failed'
      readonly error: { readonly code: string; readonly message: string; readonly class: string }
      readonly usage?: TaskUsage
    }
  /** A message went to another service; its answer comes as a message. */
  | { readonly status: 'sent' }

export interface Tools {
  /**
   * What the grants name, as it is now.
   *
   * @throws InvalidInputError `tool.not-found`, `tool.changed`, `tool.invalid-config`,
   *   `tool.invalid-constraints`
   */
  bind(tenant: Tenant, grants: readonly ToolGrant[]): Promise<readonly BoundTool[]>
  /**
   * Executes one call, once: a call whose outcome is recorded is answered from the ledger, and a
   * write of unknown outcome is `failed` with the class `unknown-outcome` unless it is idempotent.
   *
   * @throws UnavailableError `tool.busy` while another process executes the same call
   * @throws ConflictError `tool.call-mismatch` when the call was another one before
   * @throws `signal.reason` when it is aborted
   */
  execute(call: ToolCall): Promise<ToolResult>
}
