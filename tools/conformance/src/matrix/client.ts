import { codeIn, parsed } from '../fuzz/fault.ts'
import type { Pool } from '../fuzz/pool.ts'
import { buildRequest, type Draft } from '../fuzz/request.ts'
import type { Connection } from '../http/connection.ts'
import type { Operation } from '../openapi/operation.ts'

/** One request of the matrix: whose ids it names, and with which key. */
export interface Ask {
  readonly draft: Draft
  readonly pool: Pool
  readonly key: string | undefined
  /** What is sent instead of what was drawn, by place: `path:runId`, `query:workflowId`, `body:/a/0`. */
  readonly instead?: Readonly<Record<string, string>>
}

export interface Reply {
  readonly status: number
  readonly code: string
  readonly body: unknown
}

const PATIENCE_MS = 30_000

export async function ask(
  connection: Connection,
  operation: Operation,
  { draft, pool, key, instead = {} }: Ask,
): Promise<Reply> {
  const { wire } = buildRequest(operation, draft, { pool, key, instead })
  const answer = await connection.send(wire, PATIENCE_MS)
  const content = parsed(answer.body)
  return { status: answer.status, code: codeIn(content) ?? '', body: content }
}

/** What is the same in two answers to two requests that differ in an id. */
export function essenceOf({ status, body }: Reply, ...ids: readonly string[]): string {
  const text = JSON.stringify([status, body], (key, value: unknown) =>
    VARYING.has(key) || (BOUNDS.has(key) && DAY.test(String(value))) ? undefined : value,
  )
  return ids.reduce((rest, id) => rest.replaceAll(id, '<id>'), text)
}

/** They name the request, not what it asked for; or differ each time that it is asked. */
const VARYING = new Set(['requestId', 'traceId', 'instance', 'lastUsedAt', 'updatedAt', 'jws'])
/** Of a range that ends with the moment of the request. */
const BOUNDS = new Set(['from', 'to'])
const DAY = /^\d{4}-\d\d-\d\d/
