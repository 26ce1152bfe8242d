import fc from 'fast-check'
import type { Pool } from '../fuzz/pool.ts'
import { type Draft, plainDraftsOf } from '../fuzz/request.ts'
import type { Connection } from '../http/connection.ts'
import type { OpenApiDocument, Operation } from '../openapi/operation.ts'
import { ask, essenceOf, type Reply } from './client.ts'
import { type IdPlace, idPlacesOf } from './id-places.ts'
import { type Identities, type IdentityName, REFUSED } from './identities.ts'
import { type ScopeKeys, scopeFindingsOf } from './scopes.ts'

export interface MatrixOptions {
  readonly connection: Connection
  readonly document: OpenApiDocument
  readonly operations: readonly Operation[]
  readonly identities: Identities
  readonly scopeKeys: ScopeKeys
  /** What the owner has, and a third tenant that asks for nothing. */
  readonly pools: { readonly owner: Pool; readonly victim: Pool }
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

export interface PlaceCell extends IdPlace {
  /** Absent: the owner has no such thing that could be asked for. */
  readonly own?: Reply
  readonly missing: Reply
  /** Absent: the third tenant has no such thing. */
  readonly foreign?: Reply
}

export interface Matrix {
  readonly rows: readonly MatrixRow[]
  readonly findings: readonly string[]
}

/** Requests that are tried until one gets as far as the look-up of its id. */
const TRIES = 40

/** Every operation, asked by everybody, and for everything that is and is not the owner's. */
export async function matrixOf(options: MatrixOptions): Promise<Matrix> {
  const rows: MatrixRow[] = []
  const findings: string[] = []
  for (const operation of options.operations) {
    const row = await rowOf(operation, options)
    rows.push(row)
    findings.push(
      ...row.scopeFindings,
      ...identityFindings(row),
      ...row.byPlace.flatMap((cell) => placeFindings(row, cell, options)),
    )
  }
  return { rows, findings }
}

async function rowOf(operation: Operation, options: MatrixOptions): Promise<MatrixRow> {
  const { connection, document, identities, pools, seed } = options
  const drafts = fc.sample(plainDraftsOf(operation, document), { numRuns: TRIES, seed })
  const byPlace: PlaceCell[] = []
  for (const place of idPlacesOf(operation, document)) {
    byPlace.push(await cellOf(operation, place, drafts, options))
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

async function cellOf(
  operation: Operation,
  { place, prefix }: IdPlace,
  drafts: readonly Draft[],
  { connection, identities, pools }: MatrixOptions,
): Promise<PlaceCell> {
  const key = identities.owner
  const askFor = (draft: Draft, id: string) =>
    ask(connection, operation, { draft, pool: pools.owner, key, instead: { [place]: id } })
  const missingId = missing(prefix)
  let best: { readonly draft: Draft; readonly reply: Reply } | undefined
  for (const draft of drafts) {
    const reply = await askFor(draft, missingId)
    best ??= { draft, reply }
    if (!reachesLookUp(reply)) continue
    best = { draft, reply }
    break
  }
  if (!best) throw new TypeError('There are drafts')
  const foreignId = pools.victim.all(`id:${prefix}`)[0]
  const ownId = pools.owner.all(`id:${prefix}`)[0]
  return {
    ...{ place, prefix, missing: best.reply },
    ...(typeof foreignId === 'string' && { foreign: await askFor(best.draft, foreignId) }),
    ...(typeof ownId === 'string' && { own: await askFor(best.draft, ownId) }),
  }
}

/** An id of the right form that nobody has. */
function missing(prefix: string): string {
  return `${prefix}_${'0123456789abcdef'.repeat(2)}`
}

/** A list is empty, or something is not found; a bad request says nothing about its ids. */
function reachesLookUp({ status, code }: Reply): boolean {
  return status < 300 || status === 404 || /not-found|not-published/.test(code)
}

function identityFindings({ operation, byIdentity }: MatrixRow): string[] {
  const { operationId, isPublic } = operation
  if (isPublic) {
    const told = new Set(Object.values(byIdentity).map(({ status, code }) => `${status} ${code}`))
    return told.size === 1
      ? []
      : [`${operationId} is public, and answers ${[...told].join(' or ')}`]
  }
  const wrong = Object.entries(REFUSED).filter(([name, [status, code]]) => {
    const reply = byIdentity[name as IdentityName]
    return reply.status !== status || (isProblem(reply) && reply.code !== code)
  })
  const told = wrong.map(([name, [status, code]]) => {
    const reply = byIdentity[name as IdentityName]
    return `${operationId} answers ${reply.status} ${reply.code} to ${name}, not ${status} ${code}`
  })
  const { owner } = byIdentity
  const refusesOwner = owner.status === 401 || owner.status === 403 || owner.status >= 500
  return refusesOwner ? [...told, `${operationId} answers ${owner.status} to its owner`] : told
}

/** A door that speaks the language of another API has codes of its own. */
function isProblem({ body }: Reply): boolean {
  return 'type' in Object(body)
}

function placeFindings(
  { operation }: MatrixRow,
  cell: PlaceCell,
  { pools }: MatrixOptions,
): string[] {
  const { place, prefix, own, foreign } = cell
  const at = `${operation.operationId} ${place}`
  const findings: string[] = []
  if (!reachesLookUp(cell.missing)) {
    findings.push(
      `${at}: no request came as far as the id: ${cell.missing.status} ${cell.missing.code}`,
    )
  }
  if (foreign) {
    const foreignId = String(pools.victim.all(`id:${prefix}`)[0])
    const ids = [missing(prefix), foreignId]
    if (essenceOf(cell.missing, ...ids) !== essenceOf(foreign, ...ids)) {
      findings.push(
        `${at}: a foreign id is not answered as a missing one: ${shownPair(cell.missing, foreign)}`,
      )
    }
  }
  if (own && own.status >= 500) findings.push(`${at}: ${own.status} for its own id`)
  return findings
}

function shownPair(one: Reply, other: Reply): string {
  return [one, other].map((reply) => JSON.stringify(reply).slice(0, 300)).join(' / ')
}
