import { canonical } from '../agents/canonical.ts'
import type { ExpectedToolCall } from '../datasets/dataset.ts'
import type { Asked, ConfigOf, Score, ToolCallMade } from './evaluator.ts'

type Config = ConfigOf<'tool-calls'>

/** Calls that are made after so many are not compared. */
const MAX_CALLS = 1000

/**
 * The share of the expected calls that were made, as the order wants them. Passed when all of them were, no others where it is `exact`,
 * and not more than `atMost`. Undefined: the case expects nothing of its tools.
 */
export function scoreToolCalls(config: Config, { of, answer }: Asked): Score | undefined {
  const expected = of.expectedToolCalls
  if (expected === undefined && config.atMost === undefined) return undefined
  const made = answer.toolCalls.slice(0, MAX_CALLS)
  const share = expected ? shareOf(config, expected, made) : 1
  const isTooMany = config.atMost !== undefined && answer.toolCalls.length > config.atMost
  const frugality = isTooMany ? (config.atMost ?? 0) / answer.toolCalls.length : 1
  return {
    score: share * frugality,
    passed: share === 1 && !isTooMany,
    reason: reasonOf({ share, isTooMany, config, made, expected }),
  }
}

function reasonOf(of: {
  readonly share: number
  readonly isTooMany: boolean
  readonly config: Config
  readonly made: readonly ToolCallMade[]
  readonly expected: readonly ExpectedToolCall[] | undefined
}): string {
  if (of.isTooMany) return `made ${of.made.length} calls, at most ${of.config.atMost} are allowed`
  if (of.share === 1) return 'made the calls that are expected'
  const names = (calls: readonly { readonly name: string }[]) =>
    calls.length === 0
      ? 'none'
      : calls
          .slice(0, 10)
          .map(({ name }) => name)
          .join(', ')
  return `made ${names(of.made)}; expected are ${names(of.expected ?? [])} (order: ${of.config.order}, arguments: ${of.config.arguments})`
}

function shareOf(
  config: Config,
  expected: readonly ExpectedToolCall[],
  made: readonly ToolCallMade[],
): number {
  const fits = (want: number, have: number) => isCall(config, expected[want], made[have])
  const sizes = { expected: expected.length, made: made.length }
  const found = config.order === 'any-order' ? matching(sizes, fits) : longestCommon(sizes, fits)
  // Where no others are allowed, each other one costs as much as one that is missing.
  const all = config.order === 'exact' ? Math.max(expected.length, made.length) : expected.length
  return all === 0 ? 1 : found / all
}

interface Sizes {
  readonly expected: number
  readonly made: number
}
type Fits = (want: number, have: number) => boolean

/** Length of the longest common subsequence: how many of the expected calls were made in their order. */
function longestCommon(sizes: Sizes, fits: Fits): number {
  let row = new Array<number>(sizes.made + 1).fill(0)
  for (let want = 0; want < sizes.expected; want += 1) {
    const next = [0]
    for (let have = 0; have < sizes.made; have += 1) {
      const best = Math.max(row[have + 1] ?? 0, next[have] ?? 0)
      next.push(fits(want, have) ? Math.max(best, (row[have] ?? 0) + 1) : best)
    }
    row = next
  }
  return row.at(-1) ?? 0
}

/**
 * How many of the expected calls have a call of their own: a largest matching, by augmenting paths, since one call may be what two
 * expectations describe.
 */
function matching(sizes: Sizes, fits: Fits): number {
  const takenBy = new Map<number, number>()
  const place = (want: number, tried: Set<number>): boolean => {
    for (let have = 0; have < sizes.made; have += 1) {
      if (tried.has(have) || !fits(want, have)) continue
      tried.add(have)
      const other = takenBy.get(have)
      if (other !== undefined && !place(other, tried)) continue
      takenBy.set(have, want)
      return true
    }
    return false
  }
  let found = 0
  for (let want = 0; want < sizes.expected; want += 1) if (place(want, new Set())) found += 1
  return found
}

function isCall(
  { arguments: how }: Config,
  expected: ExpectedToolCall | undefined,
  made: ToolCallMade | undefined,
): boolean {
  if (!expected || !made || expected.name !== made.name) return false
  if (how === 'ignore' || expected.arguments === undefined) return true
  if (how === 'exact') return canonical(expected.arguments) === canonical(made.arguments)
  return isSubset(expected.arguments, made.arguments)
}

function isSubset(expected: unknown, given: unknown): boolean {
  if (!isRecord(expected) || !isRecord(given)) return canonical(expected) === canonical(given)
  return Object.entries(expected).every(
    ([key, value]) => Object.hasOwn(given, key) && isSubset(value, given[key]),
  )
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
