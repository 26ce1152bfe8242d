import type { AgentDefinition } from '../agents/definition.ts'
import type { ToolGrant } from '../tools/tool.ts'
import type { Execution } from './execution-row.ts'

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

function withoutScopes({ memory }: AgentDefinition): Pick<AgentDefinition, 'memory'> {
  return memory ? { memory: { ...memory, scopes: [] } } : {}
}
