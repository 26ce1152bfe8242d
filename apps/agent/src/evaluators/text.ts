import { compileRegex, type Regex, RegexError } from '@dure/kernel'
import { canonical } from '../agents/canonical.ts'
import { type Asked, type ConfigOf, MAX_TEXT, type Score } from './evaluator.ts'

/** As people read it: what is no text, as JSON. */
export function textOf(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
  return text.normalize('NFC').slice(0, MAX_TEXT)
}

/** What a text says as JSON; undefined for what is none. */
export function jsonOf(value: unknown): unknown {
  if (typeof value !== 'string') return value
  try {
    return JSON.parse(value.trim().replace(/^```(?:json)?\n|\n?```$/g, ''))
  } catch {
    return undefined
  }
}

export function yesOrNo(passed: boolean, reason: string): Score {
  return { score: passed ? 1 : 0, passed, reason }
}

/** Texts are compared as texts, and everything else as JSON. Undefined: the case expects nothing. */
export function scoreExact(config: ConfigOf<'exact'>, { of, answer }: Asked): Score | undefined {
  if (of.expectedOutput === undefined) return undefined
  const isText = typeof of.expectedOutput === 'string'
  const [expected, given] = isText
    ? [plain(config, of.expectedOutput), plain(config, answer.output)]
    : [canonical(of.expectedOutput), canonical(jsonOf(answer.output))]
  return yesOrNo(
    expected === given,
    expected === given ? 'is what is expected' : differs(expected, given),
  )
}

const SHOWN = 60

function differs(expected: string, given: string | undefined): string {
  if (given === undefined) return 'is no JSON'
  let at = 0
  while (at < expected.length && expected[at] === given[at]) at += 1
  const from = Math.max(0, at - 10)
  const shown = (text: string) => JSON.stringify(text.slice(from, from + SHOWN).toWellFormed())
  return `differs at ${at}: ${shown(given)} instead of ${shown(expected)}`
}

function plain(
  {
    ignoreCase = false,
    ignoreSpace = false,
  }: Pick<ConfigOf<'exact'>, 'ignoreCase' | 'ignoreSpace'>,
  value: unknown,
): string {
  const text = textOf(value)
  const spaced = ignoreSpace ? text.trim().replace(/\s+/gu, ' ') : text
  return ignoreCase ? spaced.toLowerCase() : spaced
}

export function scoreContains(
  { values, match, ignoreCase = false }: ConfigOf<'contains'>,
  { of, answer }: Asked,
): Score | undefined {
  const expected = of.expectedOutput === undefined ? undefined : [textOf(of.expectedOutput)]
  const wanted = values ?? expected
  if (!wanted) return undefined
  const text = plain({ ignoreCase }, answer.output)
  const missing = wanted.filter((value) => !text.includes(plain({ ignoreCase }, value)))
  const found = wanted.length - missing.length
  const passed = match === 'any' ? found > 0 : missing.length === 0
  const share = match === 'any' ? Number(passed) : found / wanted.length
  const lacks = missing
    .slice(0, 3)
    .map((value) => JSON.stringify(value.slice(0, SHOWN).toWellFormed()))
  return {
    score: share,
    passed,
    reason: passed ? 'contains what it has to' : `does not contain ${lacks.join(', ')}`,
  }
}

/** What was compiled for a configuration is good as long as that is there. */
const compiled = new WeakMap<ConfigOf<'regex'>, Regex>()

function regexOf(config: ConfigOf<'regex'>): Regex {
  const known = compiled.get(config)
  if (known) return known
  const regex = compileRegex(config.pattern, { ignoreCase: config.ignoreCase ?? false })
  compiled.set(config, regex)
  return regex
}

/** What is wrong with the pattern; undefined: nothing. */
export function regexProblem(config: ConfigOf<'regex'>): string | undefined {
  try {
    regexOf(config)
    return undefined
  } catch (error) {
    if (error instanceof RegexError) return error.message
    throw error
  }
}

export function scoreRegex(config: ConfigOf<'regex'>, { answer }: Asked): Score {
  const text = textOf(answer.output)
  const found = regexOf(config).find(text)
  const what = found
    ? `the pattern is found at ${found.start}: ${JSON.stringify(text.slice(found.start, Math.min(found.end, found.start + SHOWN)).toWellFormed())}`
    : 'the pattern is not found'
  return yesOrNo((found !== undefined) === config.isFound, what)
}
