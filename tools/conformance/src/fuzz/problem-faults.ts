import type { Answer } from '../http/answer.ts'
import type { Schemas } from '../openapi/schemas.ts'
import { type Fault, parsed, shown } from './fault.ts'
import type { BuiltRequest } from './request.ts'

/** Words of our inside: no client may read one of them, unless it wrote it itself. */
const INTERNAL =
  /node_modules|\/src\/|\.[cm]?[jt]s:\d+|\bat [\w.<>]+ \(|prisma|pg_catalog|syntax error at|relation "|violates|ECONN|EPIPE|TypeError|ReferenceError|RangeError|SyntaxError|is not valid JSON|in JSON at position|127\.0\.0\.1|dure_live_/i

interface Known {
  readonly schemas: Schemas
  readonly codes: ReadonlySet<string>
  /** What was named before this request, such as the address of a server: it may be said again. */
  readonly named: readonly string[]
}

/** What is wrong with an answer that should be a problem (RFC 9457) and give nothing away. */
export function problemFaults(answer: Answer, { wire }: BuiltRequest, known: Known): Fault[] {
  const { status, headers, body } = answer
  const type = headers['content-type'] ?? ''
  if (wire.method === 'HEAD') return []
  if (!type.startsWith('application/problem+json')) {
    return [{ kind: `no-problem-${status}`, what: `${type}: ${shown(answer)}` }]
  }
  const problem = parsed(body) as Record<string, unknown> | undefined
  if (typeof problem !== 'object' || problem === null) {
    return [{ kind: 'problem-not-json', what: shown(answer) }]
  }
  const faults: Fault[] = []
  const add = (kind: string, what: string) => faults.push({ kind, what })
  if (!known.codes.has(String(problem.code))) add(`code-${problem.code}`, shown(answer))
  if (problem.status !== status) add('problem-status', shown(answer))
  if (problem.requestId !== headers['x-request-id']) add('problem-request-id', shown(answer))
  const text = known.named.reduce((rest, name) => rest.replaceAll(name, ''), body.toString('utf8'))
  const word = INTERNAL.exec(text)?.[0]
  if (word !== undefined && !isIn(wire.path + wire.body, word)) {
    add(`internal-${word}`, shown(answer))
  }
  for (const { pointer } of pointersIn(problem)) {
    if (!/^#(\/|$)/.test(pointer)) add('pointer', `${pointer} in ${shown(answer)}`)
  }
  return faults
}

function isIn(text: string, word: string): boolean {
  return text.toLowerCase().includes(word.toLowerCase())
}

function pointersIn({ errors }: Record<string, unknown>): { pointer: string }[] {
  return Array.isArray(errors) ? errors.map(({ pointer }) => ({ pointer: String(pointer) })) : []
}
