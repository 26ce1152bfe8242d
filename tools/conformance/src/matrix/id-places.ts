import { referredBy } from '../fuzz/pool.ts'
import {
  type OpenApiDocument,
  type Operation,
  resolved,
  type Schema,
} from '../openapi/operation.ts'

/** A place of a request where an id stands. */
export interface IdPlace {
  /** `path:runId`, `query:workflowId` or `body:/targets/0/workflowId`. */
  readonly place: string
  /** Of the ids that belong there, such as `run`, or `model` for names of models. */
  readonly prefix: string
}

const MAX_DEPTH = 6

/** Every place of a request where its schemas want an id. */
export function idPlacesOf(operation: Operation, document: OpenApiDocument): IdPlace[] {
  const { parameters, requestBody } = operation
  const ofParameters = parameters.flatMap(({ in: place, name, schema }) => {
    const prefix = referredBy(schema)
    return prefix === undefined ? [] : [{ place: `${place}:${name}`, prefix }]
  })
  const body = requestBody?.content['application/json']?.schema
  return [...ofParameters, ...(body ? inSchema(body, 'body:', { document, depth: 0 }) : [])]
}

/** What stands in paths and names nothing that belongs to anybody, by operation and name. */
const NOT_IDS: Readonly<Record<string, string>> = {
  'receiveHook token': 'a secret itself: whoever has it may',
  'deliverCallback token': 'a secret itself: whoever has it may',
  'getNodeType type': 'of the catalogue, which is the same for all',
  'getNodeTypeSchema type': 'of the catalogue, which is the same for all',
  'signalRun name': 'chosen by whoever signals, within a run',
  'getWorkflowVersion number': 'of a version within a workflow',
  'publishWorkflowVersion number': 'of a version within a workflow',
  'diffWorkflowVersions a': 'of a version within a workflow',
  'diffWorkflowVersions b': 'of a version within a workflow',
  'getAgentVersion number': 'of a version within an agent',
  'publishAgentVersion number': 'of a version within an agent',
  'diffAgentVersions a': 'of a version within an agent',
  'diffAgentVersions b': 'of a version within an agent',
  'getAgentAlias alias': 'of an alias within an agent',
  'setAgentAlias alias': 'of an alias within an agent',
  'deleteAgentAlias alias': 'of an alias within an agent',
  'decideAgentCall callId': 'of a call within a run of an agent',
  'approveMcpTool toolName': 'of a tool within a server',
  'getWorkflowTemplate templateId': 'of the gallery, which is the same for all',
  'getMemory scope': 'one of a few words',
  'getMemory owner':
    'of the project: memory of another one is that of another owner with the same name',
  'getMemory key': 'a word of whoever wrote it',
  'writeMemory scope': 'one of a few words',
  'writeMemory owner':
    'of the project: memory of another one is that of another owner with the same name',
  'writeMemory key': 'a word of whoever wrote it',
  'deleteMemory scope': 'one of a few words',
  'deleteMemory owner':
    'of the project: memory of another one is that of another owner with the same name',
  'deleteMemory key': 'a word of whoever wrote it',
  'forgetMemoryOwner scope': 'one of a few words',
  'forgetMemoryOwner owner':
    'of the project: memory of another one is that of another owner with the same name',
}

/** Parameters of the path of which nobody has said what they name. */
export function unknownInPath({ operationId, parameters }: Operation): string[] {
  const unknown = parameters.filter(
    (one) => one.in === 'path' && referredBy(one.schema) === undefined,
  )
  return unknown
    .map(({ name }) => name)
    .filter((name) => !Object.hasOwn(NOT_IDS, `${operationId} ${name}`))
}

/** The same in a schema that stands for itself, such as of the configuration of a node: JSON pointers. */
export function idPlacesIn(schema: Schema, document: OpenApiDocument): IdPlace[] {
  return inSchema(schema, '', { document, depth: 0 })
}

interface Walk {
  readonly document: OpenApiDocument
  readonly depth: number
}

function inSchema(schema: Schema, pointer: string, { document, depth }: Walk): IdPlace[] {
  if (depth > MAX_DEPTH) return []
  const whole = resolved(schema, document)
  const below = (child: unknown, at: string) =>
    inSchema(child as Schema, at, { document, depth: depth + 1 })
  const prefix = referredBy(whole)
  if (prefix !== undefined) return [{ place: pointer, prefix }]
  const choices = [whole.anyOf, whole.oneOf, whole.allOf].flatMap((all) => all ?? []) as unknown[]
  const properties = Object.entries((whole.properties ?? {}) as Record<string, unknown>)
  const all = [
    ...choices.flatMap((choice) => below(choice, pointer)),
    ...properties.flatMap(([name, child]) => below(child, `${pointer}/${name}`)),
    ...(whole.items ? below(whole.items, `${pointer}/0`) : []),
  ]
  const places = new Set(all.map(({ place }) => place))
  return [...places].flatMap((place) => all.find((one) => one.place === place) ?? [])
}
