import type { ToolGrant } from '../tools/tool.ts'
import type { AgentDefinition } from './definition.ts'

const SEARCH = 'knowledge_search'
const MEMORY_READS = ['memory_read', 'memory_search']
const MEMORY_WRITE = 'memory_write'

/** What a definition names, and what follows from it. */
export function grantsOf({
  tools,
  knowledgeBaseIds,
  memory,
}: Pick<AgentDefinition, 'tools' | 'knowledgeBaseIds' | 'memory'>): ToolGrant[] {
  const { scopes = [], access = 'write' } = memory ?? {}
  const memoryTools = access === 'write' ? [...MEMORY_READS, MEMORY_WRITE] : MEMORY_READS
  return [
    ...(knowledgeBaseIds.length > 0 ? [{ tool: SEARCH, config: { knowledgeBaseIds } }] : []),
    ...(scopes.length > 0 ? memoryTools.map((tool) => ({ tool, config: { scopes } })) : []),
  ].reduce<ToolGrant[]>(withGrant, tools)
}

/** Where the tool is named as well, what is said there counts. */
function withGrant(grants: ToolGrant[], { tool, config }: ToolGrant): ToolGrant[] {
  if (!grants.some((grant) => grant.tool === tool))
    return [...grants, { tool, ...(config && { config }) }]
  return grants.map((grant) =>
    grant.tool === tool ? { ...grant, config: { ...config, ...grant.config } } : grant,
  )
}
