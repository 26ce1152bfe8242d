import fc from 'fast-check'
import { curlLine } from '../curl.ts'
import type { OpenApiDocument, Operation } from '../openapi/operation.ts'
import type { Fault, Finding } from './fault.ts'
import type { Judge } from './judge.ts'
import type { Pool } from './pool.ts'
import { type BuiltRequest, buildRequest, type Draft, draftsOf } from './request.ts'
import { createSender, type Sender } from './sender.ts'
import type { Tally } from './tally.ts'
import { unreached } from './unreached.ts'

export interface FuzzOptions {
  readonly origin: string
  readonly key: string
  readonly document: OpenApiDocument
  readonly operations: readonly Operation[]
  readonly requests: number
  readonly seed: number
  /** How many requests are under way at a time; with more than one, ids differ from time to time. */
  readonly lanes: number
  readonly pool: Pool
  readonly judge: Judge
  readonly tally: Tally
  /** Called before each round over all operations, to make what the last round removed. */
  readonly prepare: (round: number) => Promise<void>
}

const REQUESTS_PER_ROUND = 8
/** Making a failing request smaller ends after as many requests. */
const MAX_SHRINKS = 150

class FaultError extends Error {
  readonly fault: Fault
  readonly request: BuiltRequest
  constructor(fault: Fault, request: BuiltRequest) {
    super(fault.kind)
    this.fault = fault
    this.request = request
  }
}

/** Rounds over all operations, until there were as many requests as asked for; then the rest is reached. */
export async function fuzz(options: FuzzOptions): Promise<Finding[]> {
  const { operations, requests, seed, lanes, prepare, tally } = options
  const findings = new Map<string, Finding>()
  const drafts = new Map(operations.map((one) => [one, draftsOf(one, options.document)]))
  let round = 0
  for (; tally.total() < requests; round++) {
    await prepare(round)
    const queue = [...operations.entries()]
    const lane = async () => {
      const send = createSender(options)
      for (let next = queue.shift(); next && tally.total() < requests; next = queue.shift()) {
        const [index, operation] = next
        const own = seed * 1_000_003 + round * 1009 + index
        await tryOperation({ ...{ operation, drafts, options, send, findings }, seed: own | 0 })
      }
      send.close()
    }
    await Promise.all(Array.from({ length: lanes }, lane))
  }
  return [...findings.values(), ...(await unreached(options, round))]
}

interface Trial {
  readonly operation: Operation
  readonly drafts: ReadonlyMap<Operation, fc.Arbitrary<Draft>>
  readonly seed: number
  readonly options: FuzzOptions
  readonly send: Sender
  readonly findings: Map<string, Finding>
}

async function tryOperation({ operation, drafts, seed, options, send, findings }: Trial) {
  const { origin, pool, key } = options
  const drawn = drafts.get(operation)
  if (!drawn) throw new TypeError('Every operation has drafts')
  let shrinks = 0
  const known = ({ kind }: Fault) => findings.has(`${operation.operationId} ${kind}`)
  let last: FaultError | undefined
  const property = fc.asyncProperty(drawn, async (draft: Draft) => {
    if (last && ++shrinks > MAX_SHRINKS) return
    const request = buildRequest(operation, draft, { pool, key })
    const faults = await send.one(operation, request)
    const wanted = last ? faults.filter(({ kind }) => kind === last?.fault.kind) : faults
    const fault = wanted.find((one) => !known(one))
    if (!fault) return
    last = new FaultError(fault, request)
    throw last
  })
  await fc.check(property, { seed, numRuns: REQUESTS_PER_ROUND, endOnFailure: false })
  if (!last) return
  const { fault, request } = last
  const { operationId } = operation
  const curl = curlLine(origin, request.wire)
  findings.set(`${operationId} ${fault.kind}`, { ...fault, operationId, curl })
}
