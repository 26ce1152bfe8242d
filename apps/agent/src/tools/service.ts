import { hash } from 'node:crypto'
import { ConflictError, InvalidInputError, UnavailableError } from '@dure/kernel'
import { type Logger, withSpan } from '@dure/platform'
import { holding, LeaseLostError } from '../effects/lease.ts'
import { attempts, GivenUpError, isRepeatable } from './attempts.ts'
import { bound, sha256Of, type ToolDefinition, type ToolSource } from './definition.ts'
import { normalised, told } from './json-schema.ts'
import type { CallClaim, CallLedger } from './ledger-store.ts'
import { failed, failedBy, type Outcome, unknownOutcome } from './outcome.ts'
import { argumentsRefused } from './policy.ts'
import type { BoundTool, ToolCall, ToolGrant, ToolResult, Tools } from './tool.ts'

export interface ToolsOptions {
  /** Asked in this order. */
  readonly sources: readonly ToolSource[]
  readonly ledger: CallLedger
  readonly leaseMs: number
  readonly log: Pick<Logger, 'warn' | 'error'>
}

type Claimed = Extract<CallClaim, { readonly state: 'claimed' }>

const MAX_GRANTS = 128
/** A call whose process died this often is not begun again. */
const MAX_TRIES = 3

export function createTools(options: ToolsOptions): Tools {
  const { sources, ledger } = options

  async function find(tenant: ToolCall['tenant'], grant: ToolGrant): Promise<ToolDefinition> {
    for (const source of sources) {
      const found = await source.find(tenant, grant)
      if (found) return found
    }
    const detail = `There is no tool ${JSON.stringify(grant.tool.slice(0, 200))}: GET /v1/tools lists those that there are`
    throw new InvalidInputError('tool.not-found', detail)
  }

  /** As it is now, if that is what the agent was given. */
  async function stillThere(call: ToolCall): Promise<ToolDefinition | Outcome> {
    const definition = await find(call.tenant, call.tool.grant).catch((error: unknown) => {
      if (error instanceof InvalidInputError) return failedBy(error)
      throw error
    })
    if ('status' in definition) return definition
    if (bound(definition, call.tool.grant).hash === call.tool.hash) return definition
    const message = `${call.tool.name} is not what it was when it was offered: it has been changed`
    return failed({ code: 'tool.changed', message, class: 'rejected' })
  }

  return {
    async bind(tenant, grants) {
      if (grants.length > MAX_GRANTS) throw tooMany()
      const tools: BoundTool[] = []
      for (const grant of grants) {
        requireConstraints(grant)
        const tool = bound(await find(tenant, grant), grant)
        if (tools.some(({ name }) => name === tool.name)) throw nameTaken(tool.name)
        tools.push(tool)
      }
      return tools
    },

    execute: (call) =>
      withSpan(`execute_tool ${call.tool.name}`, attributesOf(call), async (span) => {
        const refused = argumentsRefused(call.tool, call.input)
        if (refused) {
          return failed({ code: refused.code, message: refused.reason, class: 'invalid' })
        }
        const definition = await stillThere(call)
        if ('status' in definition) return definition
        const result = await resultOf(options, definition, call)
        if (result.status === 'failed') span.setAttribute('error.type', result.error.code)
        return result
      }),
  }

  async function resultOf(
    { leaseMs }: ToolsOptions,
    definition: ToolDefinition,
    call: ToolCall,
  ): Promise<ToolResult> {
    const { effect, isRemote } = definition
    // Once more gives the same: nothing has to be remembered.
    if (effect === 'pure') return unrecorded(options, definition, call)
    if (isRemote) {
      const outcome = await unrecorded(options, definition, call)
      return outcome.status === 'succeeded' ? { status: 'sent' } : outcome
    }
    const claim = await ledger.claim({
      ...{ callKey: call.callKey, tenant: call.tenant, tool: call.tool.name },
      requestHash: sha256Of([call.tool.hash, call.input]),
    })
    if (claim.state === 'finished') return claim.outcome
    if (claim.state === 'busy') throw busy()
    if (claim.state === 'mismatch') throw mismatch(call.callKey)
    const over = new AbortController()
    const onError = (error: unknown) =>
      options.log.warn({ err: error, callKey: call.callKey }, 'the lease of a call was not renewed')
    const lease = { hold: claim.hold, leaseMs, renew: ledger.renew, onError, over }
    const signal = AbortSignal.any([call.signal, over.signal])
    return holding(lease, () => recorded(options, { definition, call: { ...call, signal }, claim }))
  }
}

async function recorded(
  options: ToolsOptions,
  { definition, call, claim }: { definition: ToolDefinition; call: ToolCall; claim: Claimed },
): Promise<Outcome> {
  const { ledger } = options
  const { hold } = claim
  const outcome =
    refusalOf(definition, claim) ??
    (await unrecorded(options, definition, call).catch(async (error: unknown) => {
      if (!(error instanceof GivenUpError)) throw error
      await ledger.release(hold, { begun: error.begun })
      throw error.cause instanceof LeaseLostError ? busy() : error.cause
    }))
  // Somebody else has it: whoever asks again gets what they say.
  if (!(await ledger.finish(hold, outcome))) throw busy()
  return outcome
}

/** Why a call that was begun before is not begun again. */
function refusalOf(definition: ToolDefinition, { inDoubt, tries }: Claimed): Outcome | undefined {
  if (inDoubt && !isRepeatable(definition)) {
    return unknownOutcome('The call was begun before, and its process died.')
  }
  if (tries <= MAX_TRIES) return undefined
  const message = `The call was begun ${MAX_TRIES} times and never ended: each time its process died`
  return failed({ code: 'tool.gave-up', message, class: 'internal' })
}

async function unrecorded(
  { log }: ToolsOptions,
  definition: ToolDefinition,
  call: ToolCall,
): Promise<Outcome> {
  const idempotencyKey = hash('sha256', call.callKey)
  const { outcome, bug } = await attempts(definition, call, idempotencyKey)
  if (bug !== undefined) {
    log.error({ err: bug, tool: call.tool.name }, 'a tool threw what nobody had foreseen')
  }
  return outcome
}

function requireConstraints({ tool, constraints }: ToolGrant): void {
  if (constraints === undefined) return
  const { problems } = normalised(constraints)
  if (problems.length === 0) return
  throw new InvalidInputError(
    'tool.invalid-constraints',
    `The constraints of ${tool} are not what can be checked: ${told(problems)}`,
    problems,
  )
}

function tooMany(): InvalidInputError {
  return new InvalidInputError('tool.too-many', `An agent has at most ${MAX_GRANTS} tools`)
}

function nameTaken(name: string): InvalidInputError {
  return new InvalidInputError(
    'tool.duplicate',
    `Two of the tools are called ${name}: leave one out`,
  )
}

function busy(): UnavailableError {
  return new UnavailableError('tool.busy', 'Another process executes this call: ask again')
}

function mismatch(callKey: string): ConflictError {
  const detail = `${callKey} stands for a call with another tool or other arguments`
  return new ConflictError('tool.call-mismatch', detail)
}

/** https://opentelemetry.io/docs/specs/semconv/gen-ai/gen-ai-spans/#execute-tool-span */
function attributesOf({ callKey, tool, payer }: ToolCall) {
  return {
    'gen_ai.operation.name': 'execute_tool',
    'gen_ai.tool.name': tool.name,
    'gen_ai.tool.type': tool.effect === 'pure' ? 'function' : 'extension',
    'gen_ai.tool.call.id': callKey,
    ...(payer.runId !== undefined && { 'dure.run_id': payer.runId }),
  }
}
