import { ToolId } from '@dure/contracts'
import { InvalidInputError } from '@dure/kernel'
import { type Static, Type } from 'typebox'
import type { BuiltinTool } from '../builtins/index.ts'
import { CodeSpec, HttpSpec, type ProjectTool, type ToolDraft, ToolName } from './project-tool.ts'

const Description = Type.String({
  ...{ minLength: 1, maxLength: 2000, pattern: '^[^\\u0000]*$' },
  description: 'What the model reads to know when to call it',
  examples: ['Finds an order by its number'],
})
const Schema = Type.Record(Type.String(), Type.Unknown(), {
  description:
    'JSON Schema of the arguments, an object. Without patterns and references to elsewhere',
  examples: [
    { type: 'object', properties: { orderId: { type: 'string' } }, required: ['orderId'] },
  ],
})

export const SaveTool = Type.Object(
  {
    name: ToolName,
    kind: Type.Enum(['http', 'code', 'openapi'], { examples: ['http'] }),
    description: Description,
    inputSchema: Schema,
    effect: Type.Optional(
      Type.Enum(['read', 'write'], {
        description: 'Absent: `GET` and `HEAD` read, all others write',
      }),
    ),
    idempotent: Type.Optional(
      Type.Boolean({
        description: 'The other side honours `Idempotency-Key`: a lost write may be sent again',
      }),
    ),
    http: Type.Optional(HttpSpec),
    code: Type.Optional(CodeSpec),
  },
  {
    additionalProperties: false,
    $id: 'SaveTool',
    examples: [
      {
        name: 'find_order',
        kind: 'http',
        description: 'Finds an order by its number',
        inputSchema: {
          type: 'object',
          properties: { orderId: { type: 'string', maxLength: 40 } },
          required: ['orderId'],
        },
        http: { method: 'GET', url: 'https://api.example.com/orders/{orderId}' },
      },
    ],
  },
)

export const ToolView = Type.Object(
  {
    id: ToolId,
    name: Type.String(),
    kind: Type.Enum(['builtin', 'http', 'openapi', 'code']),
    description: Type.String(),
    inputSchema: Type.Record(Type.String(), Type.Unknown()),
    effect: Type.Enum(['pure', 'read', 'write']),
    idempotent: Type.Boolean(),
    http: Type.Optional(HttpSpec),
    code: Type.Optional(CodeSpec),
    configSchema: Type.Optional(
      Type.Record(Type.String(), Type.Unknown(), {
        description: 'Of a built-in tool: JSON Schema of the `config` of its grants',
      }),
    ),
    source: Type.Optional(
      Type.Object(
        { import: Type.String(), operation: Type.String() },
        { description: 'Of what was imported' },
      ),
    ),
    revision: Type.Integer({ minimum: 0, description: '0 of a built-in tool' }),
    createdBy: Type.String(),
    createdAt: Type.String({ format: 'date-time' }),
    updatedAt: Type.String({ format: 'date-time' }),
  },
  { $id: 'Tool' },
)

export const TryTool = Type.Object(
  {
    input: Type.Unknown({ examples: [{ expression: '2 + 2' }] }),
    config: Type.Optional(
      Type.Record(Type.String(), Type.Unknown(), {
        description: 'Of a built-in tool, as a grant would have it',
      }),
    ),
    timeoutMs: Type.Integer({ minimum: 1, maximum: 25_000, default: 10_000 }),
  },
  { additionalProperties: false, $id: 'TryTool' },
)

export const ToolTrial = Type.Object(
  {
    status: Type.Enum(['succeeded', 'failed']),
    output: Type.Optional(Type.Unknown()),
    error: Type.Optional(
      Type.Object({ code: Type.String(), message: Type.String(), class: Type.String() }),
    ),
  },
  { $id: 'ToolTrial' },
)

const READS: readonly string[] = ['GET', 'HEAD']

/** @throws InvalidInputError `tool.invalid` when its kind and what it does do not fit together */
export function draftOf(body: Static<typeof SaveTool>): ToolDraft {
  const { name, kind, description, inputSchema, http, code, idempotent = false } = body
  const common = { name, kind, description, inputSchema, source: null }
  const [wanted, other] =
    kind === 'code' ? (['code', 'http'] as const) : (['http', 'code'] as const)
  if (body[other]) throw misplaced(other, `is not for tools of the kind ${kind}`)
  if (kind === 'code' && code) return { ...common, spec: code, effect: 'pure', idempotent: true }
  if (kind !== 'code' && http) {
    const effect = body.effect ?? (READS.includes(http.method) ? 'read' : 'write')
    return { ...common, spec: http, effect, idempotent }
  }
  throw misplaced(wanted, 'is missing')
}

function misplaced(name: string, message: string): InvalidInputError {
  return new InvalidInputError('tool.invalid', 'Correct the tool', [
    { pointer: `#/${name}`, message },
  ])
}

export function viewTool(tool: ProjectTool): Static<typeof ToolView> {
  const { id, name, kind, description, effect, idempotent, spec, source, revision } = tool
  return {
    ...{ id, name, kind, description, effect, idempotent, revision },
    inputSchema: { ...tool.inputSchema },
    ...('source' in spec ? { code: spec } : { http: spec }),
    ...(source && { source }),
    createdBy: tool.createdBy,
    createdAt: tool.createdAt.toISOString(),
    updatedAt: tool.updatedAt.toISOString(),
  }
}

/** They are as old as can be, so that what the project has made comes first. */
export function viewBuiltin(tool: BuiltinTool): Static<typeof ToolView> {
  const { id, name, description, inputSchema, configSchema, effect, idempotent, createdAt } = tool
  const since = createdAt.toISOString()
  return {
    ...{ id, name, kind: 'builtin', description, effect, idempotent, revision: 0 },
    ...{ inputSchema: { ...inputSchema }, configSchema: { ...configSchema } },
    ...{ createdBy: 'dure', createdAt: since, updatedAt: since },
  }
}
