import { type ModelMessage, type ModelRequest, textOf } from './completion.ts'
import { questionOf } from './quote.ts'
import type { ToolCall } from './reply.ts'

/** Digits, signs and parentheses with an operator between: `12 * (3 + 4)`. */
const SUM = /[\d(][\d.,()\s]*(?:[-+*/×÷][\d.,()\s]+)+/
const TIME = /\b(?:what time|what day|date|today|now)\b|몇\s?시|며칠|오늘|지금/i

/** What the demo model would do with a tool, by its name; undefined: nothing, for this question. */
const USES: Readonly<Record<string, (question: string) => object | undefined>> = {
  knowledge_search: (query) => (query === '' ? undefined : { query }),
  calculator: (question) => {
    const expression = SUM.exec(question)?.[0].trim()
    if (expression === undefined) return undefined
    return { expression: expression.replaceAll('×', '*').replaceAll('÷', '/') }
  },
  date_time: (question) =>
    TIME.test(question) ? { operation: 'now', timeZone: 'Asia/Seoul' } : undefined,
}

/**
 * The tools that the demo model uses for a question: each that it knows once, and none after something has come back. That
 * is no reasoning: it shows what an agent does with its tools.
 */
export function demoToolCalls({ messages, tools }: ModelRequest): ToolCall[] {
  if (!Array.isArray(tools) || resultsOf(messages).length > 0) return []
  const asked = messages.findLast(({ role }) => role === 'user')
  const question = questionOf(asked ? textOf(asked) : '')
  return tools.flatMap((tool: { function?: { name?: unknown } }) => {
    const name = String(tool?.function?.name)
    const use = Object.hasOwn(USES, name) ? USES[name]?.(question) : undefined
    return use ? [{ name, arguments: use }] : []
  })
}

/** What tools have given back since the last question. */
export function resultsOf(messages: readonly ModelMessage[]): ModelMessage[] {
  const asked = messages.findLastIndex(({ role }) => role === 'user')
  return messages.slice(asked + 1).filter(({ role }) => role === 'tool')
}

/** The text to quote from, where a result has some, and plain results such as a sum or a time. */
export function readResult(message: ModelMessage): {
  readonly context: string
  readonly value: string
} {
  const result = parsed(textOf(message))
  const { context, result: value, iso } = Object(result) as Record<string, unknown>
  const plain = [value, iso].find((one) => typeof one === 'string' || typeof one === 'number')
  return {
    context: typeof context === 'string' ? context : '',
    value: plain === undefined ? '' : String(plain),
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
