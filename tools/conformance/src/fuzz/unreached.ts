import fc from 'fast-check'
import { curlLine } from '../curl.ts'
import type { OpenApiDocument, Operation } from '../openapi/operation.ts'
import type { Fault, Finding } from './fault.ts'
import { type BuiltRequest, buildRequest, plainDraftsOf } from './request.ts'
import { createSender, type Sender, type SenderOptions } from './sender.ts'

/** Operations that no request made of the description succeeds at, each with the reason. */
export const NEVER_GOOD: Readonly<Record<string, string>> = {
  cancelReindexing: 'vectors of the few passages there are made before anybody can say stop',
  cancelReanalysis: 'nor has anybody been slow enough with their terms',
  applyPromptOptimization: 'no prompt is better where the model answers all of them alike',
  cancelPromptOptimization: 'it is over at once where nothing is to be learned',
}

/** Requests without a mistake that each of the others gets. */
const TRIES = 80

export interface ReachOptions extends SenderOptions {
  readonly key: string
  readonly document: OpenApiDocument
  readonly operations: readonly Operation[]
  readonly seed: number
  readonly prepare: (round: number) => Promise<void>
}

/**
 * What was never answered with 2xx is asked on without mistakes until it is. That some operation cannot be
 * reached is a finding: nobody would notice that its good answers are not looked at any more.
 */
export async function unreached(options: ReachOptions, round: number): Promise<Finding[]> {
  const { operations, tally } = options
  const rest = operations.filter(({ operationId }) => tally.good(operationId) === 0)
  if (rest.length > 0) await options.prepare(round)
  const findings: Finding[] = []
  const send = createSender(options)
  for (const operation of rest) {
    const { operationId } = operation
    const { request, faults } = await tryPlainly(operation, options, send)
    const curl = request ? curlLine(options.origin, request.wire) : ''
    findings.push(...faults.map((fault) => ({ ...fault, operationId, curl })))
    if (tally.good(operationId) > 0 || operationId in NEVER_GOOD) continue
    const what = `no request was answered with 2xx, but with ${tally.refusals(operationId)}`
    findings.push({ operationId, kind: 'never-good', what, curl })
  }
  send.close()
  return findings
}

/** Until it is answered with 2xx. */
async function tryPlainly(
  operation: Operation,
  { document, pool, key, seed, tally }: ReachOptions,
  send: Sender,
) {
  let request: BuiltRequest | undefined
  let faults: readonly Fault[] = []
  for (const draft of fc.sample(plainDraftsOf(operation, document), { numRuns: TRIES, seed })) {
    request = buildRequest(operation, draft, { pool, key })
    faults = await send.one(operation, request)
    if (faults.length > 0 || tally.good(operation.operationId) > 0) break
  }
  return { request, faults }
}
