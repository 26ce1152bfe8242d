import type { ToolGrant } from '../tools/tool.ts'
import type { AgentDefinition } from './definition.ts'

const SEARCH = 'knowledge_search'

/** What a definition names, and what follows from it. */
export function grantsOf({
  tools,
  knowledgeBaseIds,
}: Pick<AgentDefinition, 'tools' | 'knowledgeBaseIds'>): ToolGrant[] {
  if (knowledgeBaseIds.length === 0) return tools
  const hasSearch = tools.some(({ tool }) => tool === SEARCH)
  if (!hasSearch) return [...tools, { tool: SEARCH, config: { knowledgeBaseIds } }]
  return tools.map((grant) =>
    grant.tool === SEARCH ? { ...grant, config: { knowledgeBaseIds, ...grant.config } } : grant,
  )
}
