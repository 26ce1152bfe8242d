import { type Static, Type } from 'typebox'

/** What is recorded before something is done, and when it has been answered. */
export const AuditContent = Type.Object({
  /** ISO 8601, by the clock of the gateway. */
  at: Type.String(),
  /** `asked`: it may be done from now on. `answered`: what became of it. */
  phase: Type.Enum(['asked', 'answered']),
  principalId: Type.String(),
  projectId: Type.String(),
  /** Method and path, with `{id}` where an id stands: `POST /v1/workflows/{id}/duplicate`; or `first sign-in`. */
  action: Type.String(),
  /** The ids that stand in the path. */
  targets: Type.Array(Type.String()),
  requestId: Type.String(),
  ip: Type.String(),
  userAgent: Type.String(),
  /** HTTP status; in `answered` alone. */
  status: Type.Optional(Type.Integer()),
})
export type AuditContent = Static<typeof AuditContent>

/** Who asks, from where. */
export type AskedBy = Pick<AuditContent, 'requestId' | 'ip' | 'userAgent'>

const MAX_USER_AGENT = 200

export function askedBy({ requestId, ip, userAgent }: AskedBy): AskedBy {
  return { requestId, ip, userAgent: userAgent.slice(0, MAX_USER_AGENT) }
}

/** A member has got the subject of a person, and nobody has asked for that: their token came for the first time. */
export function firstSignIn(
  { memberId, projectId }: { readonly memberId: string; readonly projectId: string },
  asked: AskedBy,
): AuditContent {
  return {
    ...{ at: new Date().toISOString(), phase: 'answered', principalId: memberId, projectId },
    ...{ action: 'first sign-in', targets: [memberId], ...askedBy(asked) },
  }
}

/** An id of ours, or the name of a version or alias of something. */
const ID = /^[a-z]{2,4}_[0-9a-f]{32}$/
const NUMBER = /^\d{1,10}$/
const MAX_TARGETS = 8
const MAX_SEGMENT = 128

/** Work that keys do all day, and that has a record of its own: the run, or its events. */
const DATA_PLANE = [
  /^\/v1\/workflows\/[^/]+\/(?:runs|validate|optimize)$/,
  /^\/v1\/workflows\/validate$/,
  /^\/v1\/knowledge-bases\/[^/]+\/(?:search|analyze)$/,
  /^\/v2\/runs(?::batch)?$/,
  /^\/v2\/runs\/[^/]+\/signals\/[^/]+$/,
  /^\/v2\/events$/,
  /^\/v2\/callbacks\//,
  /^\/(?:hooks|openai|mcp)(?:\/|$)/,
]
const CHANGES = new Set(['POST', 'PUT', 'PATCH', 'DELETE'])

/** Whether a request is one that the audit log tells of: a change of what people set up, or of a run. */
export function isAudited(method: string, path: string): boolean {
  return CHANGES.has(method) && !DATA_PLANE.some((pattern) => pattern.test(path))
}

/** Whether a request wants what would else be refused: the only part of a query that the audit log tells. */
export function isForced(url: string): boolean {
  const [, query = ''] = url.split('?', 2)
  return new URLSearchParams(query).get('force') === 'true'
}

/** What a request does, without whom it does it to, and to whom. */
export function actionOf(
  method: string,
  path: string,
  { isForced = false }: { readonly isForced?: boolean } = {},
): { readonly action: string; readonly targets: string[] } {
  const targets: string[] = []
  const segments = path.split('/').map((segment) => {
    const [name = '', verb] = segment.split(':', 2)
    if (!ID.test(name) && !NUMBER.test(name)) return segment.slice(0, MAX_SEGMENT)
    if (targets.length < MAX_TARGETS) targets.push(name)
    return verb === undefined ? '{id}' : `{id}:${verb.slice(0, MAX_SEGMENT)}`
  })
  const action = `${method} ${segments.join('/')}`.slice(0, 300)
  return { action: isForced ? `${action}?force=true` : action, targets }
}
