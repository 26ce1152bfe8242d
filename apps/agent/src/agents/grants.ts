import type { ToolGrant } from '../tools/tool.ts'
import type { AgentDefinition } from './definition.ts'

/** What a definition names, and what follows from it. */
export function grantsOf({
  tools,
  knowledgeBaseIds,
}: Pick<AgentDefinition, 'tools' | 'knowledgeBaseIds'>): ToolGrant[] {
  const hasSearch = tools.some(({ tool }) => tool === 'knowledge_search')
  if (knowledgeBaseIds.length === 0 || hasSearch) return tools
  return [...tools, { tool: 'knowledge_search', config: { knowledgeBaseIds } }]
}
