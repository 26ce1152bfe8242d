import { componentsIn, foreignReferencesIn, rename, withoutUnused } from './document.ts'
import { type Exposure, exposedPart, type Source } from './exposed.ts'
import { inOrder, isJsonObject, type Json, type JsonObject, objectOr } from './json.ts'
import { chooseNames, meaningOf, type Named } from './names.ts'
import { tagsOf } from './tags.ts'

export interface MergeOptions extends Exposure {
  /** What the merged document says of itself: `openapi`, `info`, `servers`, `security`, … */
  readonly frame: JsonObject
  /** The only ways to authenticate: what holds between gateway and services concerns nobody else. */
  readonly securitySchemes: JsonObject
  /** What the gateway itself adds to every operation of a part. */
  readonly complete?: (part: JsonObject) => JsonObject
}

/** The parts that are to be merged, in an order that does not depend on the order of the sources. */
export function partsOf(sources: readonly Source[], options: MergeOptions): Source[] {
  const { complete = (part) => part } = options
  return sources
    .map((source) => exposedPart(source, options))
    .map(({ service, document }) => ({ service, document: withoutUnused(complete(document)) }))
    .sort((a, b) => (a.service < b.service ? -1 : 1))
}

/**
 * One description of many services, in which every operation means what it meant before, whatever
 * names the services chose for their components, operations and webhooks.
 */
export function mergeParts(
  parts: readonly Source[],
  { frame, securitySchemes }: Pick<MergeOptions, 'frame' | 'securitySchemes'>,
): JsonObject {
  const nameOf = chooseNames(parts.flatMap(namesIn))
  const merged = new Map<string, Map<string, Json>>()
  for (const { service, document } of parts) {
    const renamed = rename(document, {
      component: (from) => nameOf({ service, ...from }),
      operationId: (name) => nameOf({ service, kind: OPERATION, name }),
    })
    for (const { kind, name, value } of entriesIn(objectOr(renamed))) {
      const ofKind = merged.get(kind) ?? new Map<string, Json>()
      // Paths belong to one service each; everything else may have got another name.
      ofKind.set(kind === PATH ? name : nameOf({ service, kind, name }), value)
      merged.set(kind, ofKind)
    }
  }
  const ofKinds = [...merged].map(([kind, ofKind]): [string, Json] => [kind, inOrder(ofKind)])
  const { [PATH]: paths = {}, [WEBHOOK]: webhooks, ...components } = inOrder(ofKinds)
  return {
    ...frame,
    tags: tagsOf(parts.map(({ document }) => document)),
    paths,
    ...(webhooks !== undefined && { webhooks }),
    components: { ...components, securitySchemes },
  }
}

/**
 * Why a document cannot be merged; `undefined` when it can. One bad service must not break the
 * description of the others.
 */
export function faultOf(document: unknown): string | undefined {
  if (!isJsonObject(document)) return 'is not an object'
  if (!String(document.openapi).startsWith('3.1.')) return 'is not OpenAPI 3.1'
  if (!isJsonObject(document.paths)) return 'has no paths'
  const components = objectOr(document.components)
  const dangling = componentsIn(document).find(
    ({ kind, name }) => !Object.hasOwn(objectOr(components[kind]), name),
  )
  if (dangling) return `points to ${dangling.kind}/${dangling.name}, which is not there`
  const [foreign] = foreignReferencesIn(document)
  return foreign && `points to ${foreign}, which is no component of it`
}

const PATH = ' path'
const WEBHOOK = ' webhook'
const OPERATION = ' operation'

function namesIn({ service, document }: Source): Named[] {
  const parts = entriesIn(document).filter(({ kind }) => kind !== PATH)
  const named = parts.map(({ kind, name, value }) => ({
    service,
    kind,
    name,
    meaning: meaningOf(document, value),
  }))
  return [...named, ...operationIdsIn(service, document)]
}

/** No two services have the same operation, unless it is that of a webhook that they share. */
function operationIdsIn(service: string, document: JsonObject): Named[] {
  const meanings = new Map<string, string>()
  const addAll = (within: Json, meaning: string) =>
    rename(within, {
      component: ({ name }) => name,
      operationId: (id) => {
        meanings.set(id, meaning)
        return id
      },
    })
  for (const webhook of Object.values(objectOr(document.webhooks))) {
    addAll(webhook, meaningOf(document, webhook))
  }
  addAll(document.components ?? {}, service)
  addAll(document.paths ?? {}, service)
  return [...meanings].map(([name, meaning]) => ({ service, kind: OPERATION, name, meaning }))
}

function entriesIn({ paths, webhooks, components }: JsonObject) {
  const kinds = { ...objectOr(components), [PATH]: paths, [WEBHOOK]: webhooks }
  return Object.entries(kinds).flatMap(([kind, ofKind]) =>
    Object.entries(objectOr(ofKind)).map(([name, value]) => ({ kind, name, value })),
  )
}
