import type { Identity } from '@dure/contracts'
import { DureError, InvalidInputError, NotFoundError, UnauthenticatedError } from '@dure/kernel'
import { type PlainReply, type PlainRequest, pathOf, whenClosed } from '@dure/platform'
import { routeClassOf } from './route-class.ts'
import type { Admission, Limits, Refusal } from './service.ts'

const QUOTAS_PATH = '/v2/quotas'

export interface Caller {
  readonly request: PlainRequest
  readonly reply: PlainReply
  /** Of the request, without query. */
  readonly path: string
  /** Absent on a path without a key. */
  readonly identity: Identity | undefined
}

/**
 * Lets a request through its limits, before its body is read, and puts `RateLimit` and
 * `RateLimit-Policy` on its answer. What it takes of slots is free again when the answer has ended.
 *
 * @returns a promise only when Redis has to be asked
 * @throws what `Limits.admit` throws
 */
export function passLimits(limits: Limits, caller: Caller): undefined | Promise<undefined> {
  const { request, reply, path, identity } = caller
  try {
    const routeClass = routeClassOf(request.method, path)
    const isAboutLimits = path === QUOTAS_PATH
    const admitted = limits.admit({ identity, ip: request.ip, routeClass, isAboutLimits })
    if (!(admitted instanceof Promise)) return admit(reply, admitted)
    return admitted.then(
      (admission) => admit(reply, admission),
      (error) => refuse(reply, error),
    )
  } catch (error) {
    return refuse(reply, error)
  }
}

/**
 * Who sends a request that needs a key, once it has passed its limits: at once where nothing has to be
 * asked. A failed authentication counts
 * against the address that it comes from; after too many, no more keys are looked up for it.
 *
 * @throws what `authenticate` and `Limits.admit` throw
 */
export function identifyWithin(limits: Limits, { known, authenticate }: Callers) {
  function pass(request: PlainRequest, reply: PlainReply, identity: Identity) {
    return passLimits(limits, { request, reply, path: pathOf(request.url), identity })
  }

  async function identify(request: PlainRequest, reply: PlainReply): Promise<Identity> {
    const beforeLookUp = () => limits.refuseGuessing(request.ip)
    const identity = await authenticate(request, beforeLookUp).catch(async (error) => {
      if (isGuess(error)) await limits.failed(request.ip).catch((refusal) => refuse(reply, refusal))
      return refuse(reply, error)
    })
    const limited = pass(request, reply, identity)
    if (limited !== undefined) await limited
    return identity
  }

  return (request: PlainRequest, reply: PlainReply): Identity | Promise<Identity> => {
    const identity = known(request)
    if (identity === undefined) return identify(request, reply)
    const limited = pass(request, reply, identity)
    return limited === undefined ? identity : limited.then(() => identity)
  }
}

/** What says who sends a request. */
export interface Callers {
  /** At once; undefined: `authenticate` has to say. */
  readonly known: (request: PlainRequest) => Identity | undefined
  readonly authenticate: (request: PlainRequest, beforeLookUp: () => void) => Promise<Identity>
}

/** Nobody is known yet to whose limits it would count: a project that is not theirs is a guess, too. */
function isGuess(error: unknown): boolean {
  return (
    error instanceof UnauthenticatedError ||
    error instanceof NotFoundError ||
    error instanceof InvalidInputError
  )
}

function admit(reply: PlainReply, admission: Admission | undefined): undefined {
  if (admission === undefined) return
  const { headers, release } = admission
  reply.header('ratelimit-policy', headers['ratelimit-policy'])
  if (headers.ratelimit) reply.header('ratelimit', headers.ratelimit)
  if (release === undefined) return
  // The client may have left while Redis was asked.
  if (reply.raw.destroyed) release()
  else whenClosed(reply, release)
}

function refuse(reply: PlainReply, error: unknown): never {
  if (error instanceof DureError && 'headers' in error) {
    reply.headers((error as Refusal).headers)
  }
  throw error
}
