import type { ExecutionState } from './execution.ts'

/** Between what an execution says in one step and in the next. */
export const PARAGRAPH = '\n\n'

/**
 * All that an execution has said so far, between its calls of tools, too.
 *
 * @param told how many messages it was begun with: those that others have said
 */
export function saidIn({ messages }: Pick<ExecutionState, 'messages'>, told: number): string {
  const texts = messages.slice(told).flatMap(({ role, content }) => {
    if (role !== 'assistant' || typeof content === 'string') return []
    return content.flatMap((part) => (part.type === 'text' ? [part.text] : []))
  })
  return texts.join(PARAGRAPH)
}
