import fc from 'fast-check'
import { plainDraftsOf } from '../fuzz/request.ts'
import type { Connection } from '../http/connection.ts'
import type { OpenApiDocument, Operation } from '../openapi/operation.ts'
import { cellFindings, cellOf, type PlaceCell, type Pools } from './cell.ts'
import { ask, type Reply } from './client.ts'
import { idPlacesOf, unknownInPath } from './id-places.ts'
import { type Identities, type IdentityName, refusalFindings } from './identities.ts'
import { type ScopeKeys, scopeFindingsOf } from './scopes.ts'

export interface MatrixOptions {
  readonly connection: Connection
  readonly document: OpenApiDocument
  readonly operations: readonly Operation[]
  readonly identities: Identities
  readonly scopeKeys: ScopeKeys
  readonly pools: Pools
  readonly seed: number
}

/** What was answered to one operation. */
export interface MatrixRow {
  readonly operation: Operation
  readonly byIdentity: Readonly<Record<IdentityName, Reply>>
  readonly byPlace: readonly PlaceCell[]
  /** What was wrong with what the document says of its scopes. */
  readonly scopeFindings: readonly string[]
}

export interface Matrix {
  readonly rows: readonly MatrixRow[]
  readonly requests: number
  readonly findings: readonly string[]
}

/** Requests that are tried until one gets as far as the look-up of its id. */
const TRIES = 40

/** Every operation, asked by everybody, and for everything that is and is not the owner's. */
export async function matrixOf(options: MatrixOptions): Promise<Matrix> {
  const rows: MatrixRow[] = []
  const findings: string[] = []
  let requests = 0
  const connection: Connection = {
    ...options.connection,
    send(...sent) {
      requests += 1
      return options.connection.send(...sent)
    },
  }
  for (const operation of options.operations) {
    const row = await rowOf(operation, { ...options, connection })
    rows.push(row)
    findings.push(
      ...row.scopeFindings,
      ...identityFindings(row),
      ...row.byPlace.flatMap((cell) => cellFindings(operation, cell)),
      ...unknownInPath(operation).map(
        (name) => `${operation.operationId} path:${name}: nobody has said what it names`,
      ),
    )
  }
  return { rows, findings, requests }
}

async function rowOf(operation: Operation, options: MatrixOptions): Promise<MatrixRow> {
  const { connection, document, identities, pools, seed } = options
  const drafts = fc.sample(plainDraftsOf(operation, document), { numRuns: TRIES, seed })
  const byPlace: PlaceCell[] = []
  for (const place of idPlacesOf(operation, document)) {
    const options = { connection, pools, drafts, identities }
    byPlace.push(await cellOf(operation, place, options))
  }
  const [draft] = drafts
  if (!draft) throw new TypeError('There are drafts')
  const byIdentity = {} as Record<IdentityName, Reply>
  for (const name of Object.keys(identities) as IdentityName[]) {
    const key = identities[name]
    byIdentity[name] = await ask(connection, operation, { draft, pool: pools.owner, key })
  }
  const scopeFindings = operation.isPublic ? [] : await scopeFindingsOf(operation, draft, options)
  return { operation, byIdentity, byPlace, scopeFindings }
}

function identityFindings({ operation, byIdentity }: MatrixRow): string[] {
  const { operationId, isPublic } = operation
  if (isPublic) {
    const told = new Set(Object.values(byIdentity).map(({ status, code }) => `${status} ${code}`))
    return told.size === 1
      ? []
      : [`${operationId} is public, and answers ${[...told].join(' or ')}`]
  }
  const told = refusalFindings(operationId, byIdentity)
  const { owner } = byIdentity
  const refusesOwner = owner.status === 401 || owner.status === 403 || owner.status >= 500
  return refusesOwner ? [...told, `${operationId} answers ${owner.status} to its owner`] : told
}
