import type { ModelMessage } from 'ai'

/** All that is said in a message, whoever is said to have said it: whoever sends it may have written that, too. */
export function textsIn({ content }: ModelMessage): string[] {
  if (typeof content === 'string') return [content]
  return content.flatMap((part) => ('text' in part ? [part.text] : []))
}

export function withTexts(message: ModelMessage, change: (text: string) => string): ModelMessage {
  const { content } = message
  if (typeof content === 'string') return { ...message, content: change(content) } as ModelMessage
  const parts = content.map((part) =>
    'text' in part ? { ...part, text: change(part.text) } : part,
  )
  // Each part stays what it was: that is what makes this cast true.
  return { ...message, content: parts } as ModelMessage
}
