import { intersectionOf } from '../agents/authority.ts'
import type { AgentDefinition } from '../agents/definition.ts'
import { grantsOf } from '../agents/grants.ts'
import type { ToolGrant } from '../tools/tool.ts'
import type { Execution, Origin } from './execution-row.ts'

/** Where in an origin it stands. Nothing that a client sends becomes an origin. */
export const NARROWED = 'narrowed'

interface Narrowing {
  /** Instead of those of the agent: never more than it has. */
  readonly tools?: readonly ToolGrant[]
  /** What the answer has to be, for whoever has begun the execution. */
  readonly outputSchema?: Readonly<Record<string, unknown>>
}

/** An agent as one execution has it: within what whoever has begun it allows. */
export function definitionFor(
  { origin }: Pick<Execution, 'origin'>,
  definition: AgentDefinition,
): AgentDefinition {
  // It was put together by us: that is what makes this cast true.
  const { tools, outputSchema } = (origin?.[NARROWED] ?? {}) as Narrowing
  return {
    ...definition,
    // What follows from the bases and the memory of an agent follows from its tools, too.
    ...(tools && { tools: [...tools], knowledgeBaseIds: [], ...withoutScopes(definition) }),
    ...(outputSchema && { outputSchema }),
  }
}

/** What an agent may do in one execution. */
export function grantsIn(
  execution: Pick<Execution, 'origin'>,
  definition: AgentDefinition,
): ToolGrant[] {
  return grantsOf(definitionFor(execution, definition))
}

/** The same origin, of an execution that may do nothing beside `allowed`. */
export function narrowedTo(
  allowed: readonly ToolGrant[],
  {
    origin,
    definition,
  }: { readonly origin: Origin | undefined; readonly definition: AgentDefinition },
): Origin {
  const tools = intersectionOf([grantsIn({ origin: origin ?? null }, definition), allowed])
  const narrowed = { ...(origin?.[NARROWED] ?? {}), tools }
  return { ...(origin ?? { kind: DELEGATED }), [NARROWED]: narrowed }
}

/** Of what has no origin of its own: nobody is told of its end. */
const DELEGATED = 'delegated'

function withoutScopes({ memory }: AgentDefinition): Pick<AgentDefinition, 'memory'> {
  return memory ? { memory: { ...memory, scopes: [] } } : {}
}
