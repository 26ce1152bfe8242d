import { HttpAuth, type Tenant, type ToolId } from '@dure/contracts'
import { type FieldProblem, InvalidInputError } from '@dure/kernel'
import { type Static, Type } from 'typebox'
import { type JsonSchema, normalised } from '../json-schema.ts'

/** What providers take for the name of a function. */
export const ToolName = Type.String({
  pattern: '^[A-Za-z][A-Za-z0-9_-]{0,63}$',
  examples: ['find_order'],
})

const PARAMETER_PLACES = ['path', 'query', 'header'] as const

export const HttpSpec = Type.Object(
  {
    method: Type.Enum(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']),
    url: Type.String({
      minLength: 1,
      maxLength: 4000,
      description:
        'With parameters in braces, after the host: what is given for one is encoded, and is never more than its part of the path',
      examples: ['https://api.example.com/orders/{orderId}'],
    }),
    parameters: Type.Optional(
      Type.Array(
        Type.Object(
          {
            name: Type.String({ minLength: 1, maxLength: 100, description: 'In the input' }),
            in: Type.Enum(PARAMETER_PLACES),
            as: Type.Optional(
              Type.String({
                ...{ minLength: 1, maxLength: 100 },
                description: 'Its name in the request, where that is another one',
              }),
            ),
          },
          { additionalProperties: false },
        ),
        { maxItems: 100, description: 'Those of the input that are in the query or in a header' },
      ),
    ),
    bodyFrom: Type.Optional(
      Type.String({
        ...{ minLength: 1, maxLength: 100 },
        description: 'The name in the input of what is sent as JSON. Absent: there is no body',
        examples: ['body'],
      }),
    ),
    headers: Type.Optional(
      Type.Record(Type.String({ maxLength: 200 }), Type.String({ maxLength: 2000 }), {
        maxProperties: 30,
        description: 'The same for each call. No secrets: these are for `auth`',
      }),
    ),
    auth: Type.Optional(HttpAuth),
  },
  { additionalProperties: false, $id: 'HttpToolSpec' },
)
export type HttpSpec = Static<typeof HttpSpec>

export const CodeSpec = Type.Object(
  {
    source: Type.String({
      ...{ minLength: 1, maxLength: 65_536 },
      description: 'JavaScript, the body of an async function, as in a `code` node',
      examples: ['return { total: input.prices.reduce((sum, price) => sum + price, 0) }'],
    }),
  },
  { additionalProperties: false, $id: 'CodeToolSpec' },
)

export type ToolKind = 'http' | 'openapi' | 'code'

/** A tool that a project has made, or imported. */
export interface ProjectTool {
  readonly id: ToolId
  readonly tenant: Tenant
  readonly name: string
  readonly kind: ToolKind
  readonly description: string
  readonly inputSchema: JsonSchema
  readonly effect: 'pure' | 'read' | 'write'
  readonly idempotent: boolean
  /** `HttpSpec` of `http` and `openapi`, `CodeSpec` of `code`. */
  readonly spec: HttpSpec | Static<typeof CodeSpec>
  /** Of what was imported: which import, and which operation of it. */
  readonly source: { readonly import: string; readonly operation: string } | null
  readonly revision: number
  readonly createdBy: string
  readonly createdAt: Date
  readonly updatedAt: Date
}

export type ToolDraft = Pick<
  ProjectTool,
  'name' | 'kind' | 'description' | 'inputSchema' | 'effect' | 'idempotent' | 'spec' | 'source'
>

const PLACEHOLDER = /\{([^{}]*)\}/g

/** The names in braces. */
function namesIn(url: string): string[] {
  return [...url.matchAll(PLACEHOLDER)].map(([, name = '']) => name)
}

/** @throws InvalidInputError `tool.invalid` */
export function checkDraft({ inputSchema, spec }: Pick<ToolDraft, 'inputSchema' | 'spec'>): void {
  const problems = [
    ...normalised(inputSchema).problems.map(({ pointer, message }) => ({
      pointer: `#/inputSchema${pointer.slice(1)}`,
      message,
    })),
    ...(inputSchema.type === 'object'
      ? []
      : [{ pointer: '#/inputSchema/type', message: 'is `object`: arguments have names' }]),
    ...('url' in spec ? httpProblems(spec, inputSchema) : []),
  ]
  if (problems.length === 0) return
  throw new InvalidInputError('tool.invalid', 'Correct the tool', problems)
}

function httpProblems(spec: HttpSpec, { properties }: JsonSchema): FieldProblem[] {
  const { url, parameters = [], bodyFrom } = spec
  const origin = /^https?:\/\/[^/?#{}]+/i.exec(url)?.[0]
  if (origin === undefined || !URL.canParse(url)) {
    return [{ pointer: '#/http/url', message: 'is a whole URL, whose host has no parameters' }]
  }
  const known = typeof properties === 'object' && properties !== null ? properties : {}
  const unknown = (name: string, pointer: string) =>
    Object.hasOwn(known, name)
      ? []
      : [{ pointer, message: `names ${name}, which the input has not` }]
  return [
    ...namesIn(url).flatMap((name) => unknown(name, '#/http/url')),
    ...parameters.flatMap(({ name }, index) => unknown(name, `#/http/parameters/${index}/name`)),
    ...(bodyFrom === undefined ? [] : unknown(bodyFrom, '#/http/bodyFrom')),
  ]
}
