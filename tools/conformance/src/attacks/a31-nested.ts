import fc from 'fast-check'
import { withAt } from '../fuzz/body.ts'
import { withReferences } from '../fuzz/pool.ts'
import { type Draft, plainDraftsOf } from '../fuzz/request.ts'
import { createPoliteConnection } from '../http/polite.ts'
import { ask, type Reply } from '../matrix/client.ts'
import type { Operation } from '../openapi/operation.ts'
import { compileSchemas } from '../openapi/schemas.ts'
import type { Attack } from './attack.ts'
import { closedObjectsIn, type Looking } from './closed-objects.ts'

/** Bodies in which no object is closed, each with the reason. */
const OPEN: Readonly<Record<string, string>> = {
  callMcp: 'a message of JSON-RPC, of which later versions say more',
  receiveHook: 'whatever the caller of a webhook sends',
  deliverCallback: 'whatever the node waits for',
}

/** What tables have, and no object inside of a body takes from its sender. */
const COLUMNS = { organizationId: 'mallory', project_id: 'mallory', createdBy: 'mallory' }

/** Bodies that are drawn until most of what can stand in one has stood there. */
const TRIES = 60

interface Inside {
  readonly place: string
  readonly draft: Draft
}

/** The same one level below and further down, and in lists: no object takes a column of a table. */
export const nestedAssignment: Attack = async ({ world, alice }) => {
  const looking = { document: world.document, schemas: compileSchemas(world.document) }
  const connection = createPoliteConnection(world.system.url)
  const findings: string[] = []
  let tried = 0
  for (const operation of world.operations) {
    const { operationId } = operation
    const content = operation.requestBody?.content['application/json']
    if (!content?.schema) continue
    const all = insidesOf(operation, (body) => withReferences(body, alice.pool), looking)
    if (all.length === 0 && !Object.hasOwn(OPEN, operationId)) {
      findings.push(`${operationId} has a body, and no object in it that could be tried`)
    }
    for (const { place, draft } of all) {
      const asking = { draft, pool: alice.pool, key: alice.key }
      const fault = faultIn(await ask(connection, operation, asking), place)
      tried += 1
      if (fault) findings.push(`${operationId} ${place} ${fault}`)
    }
  }
  connection.close()
  return tried > LEAST ? findings : [...findings, `Only ${tried} objects were tried`]
}

const LEAST = 100

/** Each closed object of the bodies that are good without it, with a body in which it has more. */
function insidesOf(
  operation: Operation,
  filled: (body: unknown) => unknown,
  looking: Looking,
): readonly Inside[] {
  const schema = operation.requestBody?.content['application/json']?.schema ?? {}
  const drafts = fc.sample(plainDraftsOf(operation, looking.document), { numRuns: TRIES, seed: 5 })
  const found = new Map<string, Inside>()
  for (const draft of drafts) {
    const body = filled(draft.body)
    if (looking.schemas.problemsOf(schema, body).length > 0) continue
    for (const place of closedObjectsIn(schema, body, looking)) {
      const more = { ...Object(valueAt(body, place)), ...COLUMNS }
      if (!found.has(place)) {
        // A hint would take its place.
        found.set(place, { place, draft: { ...draft, hint: 0, body: withAt(body, place, more) } })
      }
    }
  }
  return [...found.values()]
}

function valueAt(value: unknown, pointer: string): unknown {
  const [, ...names] = pointer.split('/')
  return names.reduce<unknown>((within, name) => Object(within)[name], value)
}

/** Where it can be one of several, the error is about all of them. */
function faultIn({ status, body }: Reply, place: string): string | undefined {
  if (status !== 400) return `answers ${status} to columns of tables`
  const { errors } = Object(body) as { readonly errors?: readonly { readonly pointer: string }[] }
  // An error in the shape of OpenAI names one field.
  if (errors === undefined) return undefined
  const at = `#${place}`
  const isNamed = errors.some(({ pointer }) => pointer.startsWith(at) || at.startsWith(pointer))
  return isNamed ? undefined : `is refused for ${errors.map(({ pointer }) => pointer)} only`
}
