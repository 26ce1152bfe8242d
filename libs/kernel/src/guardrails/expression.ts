import { RegexError } from '../regex/parse.ts'
import { compileRegex, type Regex, type Steps } from '../regex/regex.ts'
import type { Found } from './guardrail.ts'
import { placeOf, type Readable } from './normalise.ts'

type Config = Readonly<Record<string, unknown>>

/** In characters; how large it is with its repetitions written out is bounded by the machine. */
export const MAX_PATTERN = 500
/** What is found has a name, which stands in the text where it is redacted. */
export const EXPRESSION_NAME = '^[a-z][a-z0-9-]{0,39}$'
const DEFAULT_NAME = 'regex'

interface Searched {
  readonly readable: Readable
  readonly steps: Steps
  /** Of the text that was given. */
  readonly length: number
}

/**
 * What a regular expression of a user finds. A text that takes more steps than there are is found as a whole: nothing that was
 * not looked at passes.
 */
export function findExpression(config: Config, { readable, steps, length }: Searched): Found[] {
  const kind = typeof config.name === 'string' ? config.name : DEFAULT_NAME
  const found = compiled(config).findAll(readable.text, steps)
  if (!found) return [{ kind, start: 0, end: length }]
  return found.map(({ start, end }) => ({ kind, ...placeOf(readable, start, end) }))
}

/** What is wrong with an expression when it is written down; undefined: nothing. */
export function regexProblem(config: Config): string | undefined {
  const { pattern, name = DEFAULT_NAME, ignoreCase = false } = config
  if (typeof pattern !== 'string' || pattern === '') return 'needs a `pattern`'
  if ([...pattern].length > MAX_PATTERN) return `has a \`pattern\` longer than ${MAX_PATTERN}`
  if (typeof ignoreCase !== 'boolean') return 'has an `ignoreCase` that is neither true nor false'
  if (typeof name !== 'string' || !new RegExp(EXPRESSION_NAME).test(name)) {
    return 'has a `name` that is not of small letters, digits and dashes'
  }
  try {
    compiled(config)
    return undefined
  } catch (error) {
    if (error instanceof RegexError) return `has a \`pattern\` that ${error.message}`
    throw error
  }
}

function compiled({ pattern, ignoreCase }: Config): Regex {
  return compileRegex(String(pattern), { ignoreCase: ignoreCase === true })
}
