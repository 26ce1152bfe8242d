import { type Pool, referredBy } from '../fuzz/pool.ts'
import type { Draft } from '../fuzz/request.ts'
import type { Connection } from '../http/connection.ts'
import type { Operation } from '../openapi/operation.ts'
import { ask, essenceOf, type Reply } from './client.ts'
import type { IdPlace } from './id-places.ts'
import { type Identities, type IdentityName, REFUSED, refusalFindings } from './identities.ts'

/** What is not the owner's: of another organization, and of another project of the same. */
export const OTHERS = ['victim', 'sibling'] as const
export type Other = (typeof OTHERS)[number]

/** Who asks, and what the others have, who ask for nothing. */
export type Pools = Readonly<Record<'owner' | Other, Pool>>

export interface PlaceCell extends IdPlace {
  readonly missing: Reply
  /** Absent: the owner has no such thing that could be asked for. */
  readonly own?: Reply
  /** An id of each, alone and with what stands above it. */
  readonly foreign: readonly Foreign[]
  /** To everybody else who asks for the owner's; absent where there is nothing, or no key is needed. */
  readonly asked?: Asked
}

/** An id of the owner, asked for by others: it was there, if the owner gets it after all of them. */
interface Asked {
  readonly ids: readonly string[]
  readonly nobodys: readonly string[]
  readonly byIdentity: Readonly<Partial<Record<IdentityName, Reply>>>
  /** To the stranger, for ids that nobody has. */
  readonly asMissing: Reply
}

interface Foreign {
  readonly of: Other
  readonly ids: readonly string[]
  readonly reply: Reply
  /** To the same request with ids that nobody has. */
  readonly asMissing: Reply
}

/** Some of its own were deleted by requests before. */
const OWN_TRIES = 8

type Instead = Readonly<Record<string, string>>

export interface CellOptions {
  readonly connection: Connection
  readonly identities: Identities
  readonly pools: Pools
  /** Tried until one gets as far as the look-up of its id. */
  readonly drafts: readonly Draft[]
}

/** One place of one operation, asked for what is, is not, and is somebody else's. */
export async function cellOf(
  operation: Operation,
  { place, prefix }: IdPlace,
  { connection, identities, pools, drafts }: CellOptions,
): Promise<PlaceCell> {
  const askAs = (name: IdentityName, { parameters, ...rest }: Draft, instead: Instead) => {
    // With one key, a request that differs in an id would be another one.
    const { 'header:idempotency-key': _key, ...others } = parameters
    const draft = { ...rest, parameters: others }
    const key = identities[name]
    return ask(connection, operation, { draft, pool: pools.owner, key, instead })
  }
  const askFor = (draft: Draft, instead: Instead) => askAs('owner', draft, instead)
  let best: { readonly draft: Draft; readonly reply: Reply } | undefined
  for (const draft of drafts) {
    const reply = await askFor(draft, { [place]: missing(prefix) })
    best ??= { draft, reply }
    if (!reachesLookUp(reply)) continue
    best = { draft, reply }
    break
  }
  if (!best) throw new TypeError('There are drafts')
  const { draft, reply: asMissing } = best
  const foreign: Foreign[] = []
  for (const other of OTHERS) {
    const [id] = examplesIn(pools[other], prefix)
    if (id === undefined) continue
    foreign.push({ of: other, ids: [id], reply: await askFor(draft, { [place]: id }), asMissing })
    const above = aboveIn(operation, pools[other], id)
    if (Object.keys(above).length === 0 || !place.startsWith('path:')) continue
    const whole = { ...above, [place]: id }
    foreign.push({
      ...{ of: other, ids: Object.values(whole) },
      reply: await askFor(draft, whole),
      asMissing: await askFor(draft, missingIn(operation, whole)),
    })
  }
  let own: Reply | undefined
  let asked: Asked | undefined
  for (const id of examplesIn(pools.owner, prefix)) {
    const whole = { ...aboveIn(operation, pools.owner, id), [place]: id }
    // Before its owner, who may use it up.
    if (!operation.isPublic) {
      const askOther = (name: IdentityName, ids: Instead) => askAs(name, draft, ids)
      asked = await askedByOthers(
        askOther,
        whole,
        missingIn(operation, { ...whole, [place]: prefix }),
      )
    }
    own = await askFor(draft, whole)
    // One that the rest of the request does not go with says nothing.
    if (essenceOf(own) !== essenceOf(asMissing) && !isRefusedAsWhole(own)) break
  }
  return {
    ...{ place, prefix, missing: asMissing, foreign },
    ...(own && { own }),
    ...(asked && { asked }),
  }
}

async function askedByOthers(
  askAs: (name: IdentityName, instead: Instead) => Promise<Reply>,
  whole: Instead,
  nobodys: Instead,
): Promise<Asked> {
  const byIdentity: Partial<Record<IdentityName, Reply>> = {}
  for (const name of [...Object.keys(REFUSED), 'stranger'] as IdentityName[]) {
    byIdentity[name] = await askAs(name, whole)
  }
  const asMissing = await askAs('stranger', nobodys)
  const ids = Object.values(whole)
  return { ids, nobodys: Object.values(nobodys), byIdentity, asMissing }
}

/** Members and projects are seen from every project of their organization. */
const OF_ORGANIZATIONS = new Set(['usr', 'prj'])

/** Ids that are kept as they are given, and looked up with the tenant of whoever uses them later. */
const LOOKED_UP_LATER: Readonly<Record<string, string>> = {
  'body:/definition/knowledgeBaseIds/0': 'by another service, when a run of the agent searches',
}

/** What stays when the thing itself is gone: a list of nothing, of what was never there. */
const HISTORIES: Readonly<Record<string, string>> = {
  'listAgentTeamRuns path:teamId': 'what a team did can be read after it is deleted',
  'listAliasChanges path:aliasId': 'who moved an alias can be read after it is deleted',
}

export function cellFindings(operation: Operation, cell: PlaceCell): string[] {
  const { place, prefix, own, foreign } = cell
  if (Object.hasOwn(LOOKED_UP_LATER, place)) return []
  const at = `${operation.operationId} ${place}`
  const findings: string[] = []
  if (!reachesLookUp(cell.missing)) {
    const { status, code } = cell.missing
    findings.push(`${at}: no request came as far as the id: ${status} ${code}`)
  }
  if (own === undefined) findings.push(`${at}: the owner has no ${prefix} to try`)
  else if (isRefusedAsWhole(own)) findings.push(`${at}: no request came as far as its own id`)
  else if (own.status >= 500) findings.push(`${at}: ${own.status} for its own id`)
  else if (place === lastIdIn(operation) && essenceOf(own) === essenceOf(cell.missing)) {
    findings.push(`${at}: its own id is answered as a missing one: ${own.status} ${own.code}`)
  }
  for (const other of OTHERS) {
    const tried = foreign.filter(({ of }) => of === other)
    const isOwn = other === 'sibling' && OF_ORGANIZATIONS.has(prefix)
    if (tried.length === 0) findings.push(`${at}: the ${other} has no ${prefix} to try`)
    for (const { ids, reply, asMissing } of isOwn ? [] : tried) {
      if (essenceOf(asMissing, missing(prefix)) === essenceOf(reply, ...ids)) continue
      const pair = [asMissing, reply].map((one) => JSON.stringify(one).slice(0, 300)).join(' / ')
      findings.push(`${at}: the id of the ${other} is not answered as a missing one: ${pair}`)
    }
  }
  return [...findings, ...askedFindings(at, cell)]
}

/** Whoever is refused is, whatever there is; to a stranger, what there is is not there. */
function askedFindings(at: string, { place, asked }: PlaceCell): string[] {
  if (!asked) return []
  const isHistory = Object.hasOwn(HISTORIES, at)
  const { ids, nobodys, byIdentity, asMissing } = asked
  const refusals = refusalFindings(`${at}: the id of the owner`, byIdentity)
  const { stranger } = byIdentity
  if (!stranger) return [...refusals, `${at}: no stranger has asked for the id of the owner`]
  const isSame = essenceOf(asMissing, ...nobodys) === essenceOf(stranger, ...ids)
  const isNotFound = stranger.status === 404 || !place.startsWith('path:') || isHistory
  const isAsMissing = isSame && isNotFound
  if (isAsMissing) return refusals
  const pair = [asMissing, stranger].map((one) => JSON.stringify(one).slice(0, 300)).join(' / ')
  return [...refusals, `${at}: the id of the owner is not missing to a stranger: ${pair}`]
}

/** It alone says what is asked for; what stands above it has others below it, too. */
function lastIdIn({ parameters }: Operation): string | undefined {
  const last = parameters.findLast(
    (one) => one.in === 'path' && referredBy(one.schema) !== undefined,
  )
  return last && `path:${last.name}`
}

function examplesIn(pool: Pool, prefix: string): string[] {
  const texts = pool.all(`id:${prefix}`).filter((id) => typeof id === 'string')
  return texts.slice(0, OWN_TRIES)
}

/** What stands above an id in the path of an operation, where it was seen. */
function aboveIn({ parameters }: Operation, pool: Pool, id: string): Record<string, string> {
  const above = pool.parentsOf(id)
  // What has a name beside it stands in no path called `name`.
  const ids = parameters.filter((one) => one.in === 'path' && referredBy(one.schema) !== undefined)
  const names = ids.map(({ name }) => name)
  return Object.fromEntries(
    names.flatMap((name) => (above[name] ? [[`path:${name}`, above[name]]] : [])),
  )
}

/** In each of these places of a path, an id that nobody has. */
function missingIn({ parameters }: Operation, places: Instead): Instead {
  const prefixes = new Map(parameters.map((one) => [`path:${one.name}`, referredBy(one.schema)]))
  return Object.fromEntries(
    Object.entries(places).map(([place, id]) => [place, missing(prefixes.get(place) ?? id)]),
  )
}

/** A name of the right form that nobody has. */
function missing(prefix: string): string {
  const id = (of: string) => `${of}_${'0123456789abcdef'.repeat(2)}`
  return prefix === 'model' ? `workflow:${id('wf')}` : id(prefix)
}

function isRefusedAsWhole({ code }: Reply): boolean {
  return code === 'request.invalid'
}

/** A list is empty, or something is not found; a bad request says nothing about its ids. */
function reachesLookUp({ status, code }: Reply): boolean {
  return status < 300 || status === 404 || /not-found|not-published|unknown-label/.test(code)
}
