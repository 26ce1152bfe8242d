import { AgentEvent, RunEvent } from '@dure/contracts'
import type { Operation, Schema } from '../openapi/operation.ts'
import type { Schemas } from '../openapi/schemas.ts'
import type { Fault } from './fault.ts'

/** More of a stream say the same. */
const MAX_EVENTS = 200

interface Told {
  readonly event: string
  readonly data: unknown
}

type Check = (told: Told, schemas: Schemas) => readonly string[]

// In the types of its library, a schema has no other keywords than its own.
const RUN_FACT = RunEvent as unknown as Schema
const AGENT_FACT = AgentEvent as unknown as Schema
const TEXT = { type: 'string' }
const DATE = { type: 'string', format: 'date-time' }

function objectWith(properties: Readonly<Record<string, unknown>>): Schema {
  return { type: 'object', required: Object.keys(properties), properties }
}

const RECORDED = objectWith({
  id: TEXT,
  type: TEXT,
  runId: TEXT,
  time: DATE,
  data: { type: 'object' },
})
const STEP = objectWith({ version: { type: 'integer' }, at: DATE, type: TEXT })
const DELTA = objectWith({ type: TEXT, index: { type: 'integer' }, text: TEXT })
const STATE = objectWith({ documentId: TEXT, status: TEXT })
const GONE = objectWith({ documentId: TEXT })

const ofRun: Check = ({ event, data }, schemas) => {
  if (event === 'node.delta') return schemas.problemsOf(DELTA, data)
  const { data: fields, type } = Object(data) as { readonly data?: object; readonly type?: unknown }
  const fact = { ...fields, type }
  return [...schemas.problemsOf(RECORDED, data), ...schemas.problemsOf(RUN_FACT, fact)]
}

const ofExecution: Check = ({ event, data }, schemas) => {
  if (event === 'execution.delta') return schemas.problemsOf(DELTA, data)
  return [...schemas.problemsOf(STEP, data), ...schemas.problemsOf(AGENT_FACT, data)]
}

const ofDocument: Check = ({ event, data }, schemas) => {
  if (event === 'document.progress') return schemas.problemsOf(STATE, data)
  return event === 'document.deleted' ? schemas.problemsOf(GONE, data) : ['has an unknown name']
}

/** What each operation streams; another one has a language of its own, in which each `data` is JSON at least. */
const CHECKS: Readonly<Record<string, Check>> = {
  followRun: ofRun,
  followRunV2: ofRun,
  startRun: ofRun,
  followAgentRun: ofExecution,
  startAgentRun: ofExecution,
  followDocument: ofDocument,
}

/** What the events of a stream break, as far as it was read: a block that has not ended says nothing yet. */
export function eventFaults({ operationId }: Operation, text: string, schemas: Schemas): Fault[] {
  const check = CHECKS[operationId]
  const blocks = text.split('\n\n').slice(0, -1).slice(0, MAX_EVENTS)
  for (const block of blocks) {
    const told = toldIn(block)
    if (told === undefined) continue
    const problems = problemsIn(told, check, schemas)
    if (problems.length === 0) continue
    const what = `${problems.join('; ')}: ${block.slice(0, 600)}`
    return [{ kind: 'event', what }]
  }
  return []
}

function problemsIn(told: Told, check: Check | undefined, schemas: Schemas): readonly string[] {
  if (told.data === undefined) return ['is not JSON']
  if (told.event === 'reconnect') return schemas.problemsOf({ type: 'object' }, told.data)
  if (check === undefined) return []
  const { type = told.event } = Object(told.data) as { readonly type?: unknown }
  const named = type === told.event ? [] : [`the type is ${type}`]
  return [...named, ...check(told, schemas)]
}

/** A comment, and how long to wait before it is tried again, tell nothing. The end of OpenAI is no JSON. */
function toldIn(block: string): Told | undefined {
  const fields = block.split('\n').map((line) => /^(event|data): ?(.*)$/.exec(line))
  const fieldOf = (name: string) =>
    fields.flatMap((field) => (field?.[1] === name ? [field[2] ?? ''] : [])).join('\n')
  const text = fieldOf('data')
  if (text === '' || text === '[DONE]') return undefined
  return { event: fieldOf('event'), data: jsonIn(text) }
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
