import { type ModelMessage, type ModelRequest, textOf } from './completion.ts'
import { questionOf } from './quote.ts'
import type { ToolCall } from './reply.ts'

/** Digits, signs and parentheses with an operator between: `12 * (3 + 4)`. */
const SUM = /[\d(][\d.,()\s]*(?:[-+*/×÷][\d.,()\s]+)+/
const TIME = /\b(?:what time|what day|date|today|now)\b|몇\s?시|며칠|오늘|지금/i

/** Of a question that wants something to be kept. */
const REMEMBER = /\b(?:remember|note down|keep in mind)\b|기억해|적어|메모/i

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

/** What it does when others have given something back: one that writes comes last. */
const LATER: typeof USES = {
  memory_write: (question) =>
    REMEMBER.test(question) ? { key: 'last-question', value: question } : undefined,
}

/**
 * The tools that the demo model uses for a question: each that it knows once, those that write when others have given something
 * back. That is no reasoning: it shows what an agent does with its tools.
 */
export function demoToolCalls({ messages, tools }: ModelRequest): ToolCall[] {
  if (!Array.isArray(tools)) return []
  const asked = messages.findLastIndex(({ role }) => role === 'user')
  const question = questionOf(asked < 0 ? '' : textOf(messages[asked] as ModelMessage))
  const since = messages.slice(asked + 1)
  const first = resultsOf(messages).length > 0 ? [] : callsOf(USES, tools, question)
  if (first.length > 0) return first
  return callsOf(LATER, tools, question).filter(({ name }) => !isCalled(since, name))
}

function isCalled(messages: readonly ModelMessage[], name: string): boolean {
  return messages.some((message) => {
    const { tool_calls: calls } = message as { tool_calls?: unknown }
    return Array.isArray(calls) && calls.some((call) => call?.function?.name === name)
  })
}

function callsOf(uses: typeof USES, tools: readonly unknown[], question: string): ToolCall[] {
  return (tools as { function?: { name?: unknown } }[]).flatMap((tool) => {
    const name = String(tool?.function?.name)
    const use = Object.hasOwn(uses, name) ? uses[name]?.(question) : undefined
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
