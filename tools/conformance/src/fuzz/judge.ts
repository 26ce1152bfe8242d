import type { Answer } from '../http/answer.ts'
import { type Operation, responseFor } from '../openapi/operation.ts'
import type { Schemas } from '../openapi/schemas.ts'
import { eventFaults } from './event-faults.ts'
import { type Fault, parsed, shown } from './fault.ts'
import { problemFaults } from './problem-faults.ts'
import type { BuiltRequest } from './request.ts'

export interface Judge {
  /** Everything that an answer breaks; empty for a good one. */
  faultsIn(operation: Operation, request: BuiltRequest, answer: Answer): readonly Fault[]
}

/** @param codes every error code that the documentation knows */
/** @param named what may be said again, though it would be of our inside otherwise */
export function createJudge(
  schemas: Schemas,
  codes: ReadonlySet<string>,
  named: readonly string[] = [],
): Judge {
  return {
    faultsIn(operation, request, answer) {
      const { status, headers, surplus } = answer
      const faults: Fault[] = []
      if (status >= 500) faults.push({ kind: `status-${status}`, what: shown(answer) })
      if (surplus > 0) faults.push({ kind: 'surplus', what: `${surplus} bytes after the answer` })
      if (headers['x-request-id'] === undefined) {
        faults.push({ kind: 'no-request-id', what: `${status} without x-request-id` })
      }
      if (status >= 400 && !isErrorOfItsOwn(operation, answer)) {
        faults.push(...problemFaults(answer, request, { schemas, codes, named }))
      }
      faults.push(...schemaFaults(operation, { request, answer }, schemas))
      return faults
    },
  }
}

/** A door that speaks the language of another API describes errors in the shape of that one. */
function isErrorOfItsOwn(operation: Operation, { status, headers }: Answer): boolean {
  const content = responseFor(operation, status)?.content ?? {}
  const isJson = headers['content-type']?.startsWith('application/json') === true
  return isJson && 'application/json' in content
}

function schemaFaults(
  operation: Operation,
  { request, answer }: { readonly request: BuiltRequest; readonly answer: Answer },
  schemas: Schemas,
): Fault[] {
  const { status, headers, body } = answer
  const described = responseFor(operation, status)
  // HTTP itself has it: whoever sends `if-none-match` reads it.
  if (status === 304 && request.wire.headers.some(([name]) => name === 'if-none-match')) return []
  if (!described) return [{ kind: `undocumented-${status}`, what: shown(answer) }]
  const type = (headers['content-type'] ?? '').split(';')[0] ?? ''
  if (type === 'text/event-stream') return eventFaults(operation, body.toString('utf8'), schemas)
  const content = described.content ?? {}
  if (status === 204 || status === 304) return []
  if (Object.keys(content).length === 0) return []
  const schema = content[type]?.schema
  // Where such a door is, a path beside it has the problems of all others.
  if (status >= 400 && type === 'application/problem+json' && !content[type]) return []
  if (!content[type]) return [{ kind: `media-type-${status}`, what: `${status} is ${type}` }]
  if (!schema || !type.endsWith('json')) return []
  const value = parsed(body)
  if (value === undefined) return [{ kind: `not-json-${status}`, what: shown(answer) }]
  const problems = schemas.problemsOf(schema, value)
  if (problems.length === 0) return []
  return [{ kind: `schema-${status}`, what: `${problems.join('; ')}: ${shown(answer)}` }]
}
