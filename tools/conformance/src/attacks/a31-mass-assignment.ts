import fc from 'fast-check'
import pg from 'pg'
import { withReferences } from '../fuzz/pool.ts'
import { plainDraftsOf } from '../fuzz/request.ts'
import { createPoliteConnection } from '../http/polite.ts'
import { ask, type Reply } from '../matrix/client.ts'
import { type Operation, resolved, type Schema } from '../openapi/operation.ts'
import { compileSchemas } from '../openapi/schemas.ts'
import type { World } from '../world.ts'
import type { Attack } from './attack.ts'

/** An answer names only the first few mistakes, and some of them twice over. */
const AT_ONCE = 4

/** Bodies that are drawn until one has no mistake of its own. */
const TRIES = 60

/** Every column of every table is added to every body: each is refused, and named. */
export const massAssignment: Attack = async ({ world, alice }) => {
  const columns = await columnsOf(world)
  const schemas = compileSchemas(world.document)
  const isValid = (schema: Schema, body: unknown) =>
    schemas.problemsOf(schema, withReferences(body, alice.pool)).length === 0
  const connection = createPoliteConnection(world.system.url)
  const findings: string[] = []
  for (const operation of world.operations) {
    const schema = bodySchemaOf(operation, world)
    if (schema?.additionalProperties !== false) continue
    const known = Object.keys(Object(schema.properties))
    const foreign = columns.filter((column) => !known.includes(column))
    const drafts = fc.sample(plainDraftsOf(operation, world.document), { numRuns: TRIES, seed: 3 })
    const draft = drafts.find(({ body }) => isValid(schema, body)) ?? drafts[0]
    if (!draft) throw new TypeError('There is a draft')
    for (let from = 0; from < foreign.length; from += AT_ONCE) {
      const added = foreign.slice(from, from + AT_ONCE)
      const more = Object.fromEntries(added.map((column) => [column, 'mallory']))
      const body = { ...Object(draft.body), ...more }
      const asking = { draft: { ...draft, body }, pool: alice.pool, key: alice.key }
      const fault = faultIn(await ask(connection, operation, asking), added)
      if (fault) findings.push(`${operation.operationId} ${fault}`)
    }
  }
  connection.close()
  return findings
}

function faultIn({ status, body }: Reply, added: readonly string[]): string | undefined {
  if (status !== 400) return `answers ${status} to ${added}`
  const { errors } = Object(body) as { readonly errors?: readonly { readonly pointer: string }[] }
  // An error in the shape of OpenAI names one field.
  if (errors === undefined) return undefined
  const named = new Set(errors.map(({ pointer }) => pointer))
  const missed = added.filter((column) => !named.has(`#/${column}`))
  return missed.length > 0 ? `does not name ${missed}` : undefined
}

function bodySchemaOf({ requestBody }: Operation, { document }: World): Schema | undefined {
  const schema = requestBody?.content['application/json']?.schema
  if (!schema) return undefined
  const whole = resolved(schema, document)
  const choices = (whole.anyOf ?? [whole]) as readonly Schema[]
  return choices.map((one) => resolved(one, document)).find(({ type }) => type === 'object')
}

/** Names of columns in all databases, as they are and as JSON has them. */
async function columnsOf({ system }: World): Promise<string[]> {
  const names = new Set<string>()
  for (const service of Object.keys(system.databaseUrls)) {
    const url = new URL(system.adminUrl)
    url.pathname = `/dure_${service}`
    const client = new pg.Client({ connectionString: url.href })
    await client.connect()
    const { rows } = await client.query<{ name: string }>(
      "SELECT DISTINCT column_name AS name FROM information_schema.columns WHERE table_schema = 'public'",
    )
    await client.end()
    for (const { name } of rows) {
      names.add(name)
      names.add(name.replace(/_(\w)/g, (_all, letter: string) => letter.toUpperCase()))
    }
  }
  return [...names].toSorted()
}
