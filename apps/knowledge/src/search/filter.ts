import type { Filter } from '@dure/contracts'
import { InvalidInputError } from '@dure/kernel'
import type { Metadata } from '../documents/metadata.ts'

export type Matches = (metadata: Metadata) => boolean

const MAX_CONDITIONS = 100

/**
 * Whether a document is one of those that are asked for. What it has not, and what is of another type, holds for nothing;
 * `not` holds for whatever does not hold.
 *
 * @throws InvalidInputError `search.invalid-filter`, also for what a later build may know: it may have asked for less
 */
export function matcherOf(filter: Filter): Matches {
  let conditions = 0

  function group(part: object): Matches {
    const [[name, inner] = ['', undefined], ...more] = Object.entries(part)
    if ('key' in part) {
      if (++conditions > MAX_CONDITIONS) throw invalid(`has more than ${MAX_CONDITIONS} conditions`)
      return conditionOf(part)
    }
    if (more.length > 0) throw invalid('has several of `all`, `any`, `not` in one place')
    if (name === 'not') return negated(group(inner))
    if (name !== 'all' && name !== 'any') throw invalid(`has no operator \`${name}\``)
    const parts: readonly Matches[] = inner.map(group)
    return name === 'all'
      ? (metadata) => parts.every((matches) => matches(metadata))
      : (metadata) => parts.some((matches) => matches(metadata))
  }

  return group(filter)
}

const negated =
  (matches: Matches): Matches =>
  (metadata) =>
    !matches(metadata)

type Value = Metadata[string]
type Test = (value: Value | undefined) => boolean

function conditionOf(condition: object): Matches {
  const { key, ...operators } = condition as { key: string }
  const name = key.normalize('NFC')
  const tests = Object.entries(operators).map(([operator, operand]) => testOf(operator, operand))
  if (tests.length === 0) throw invalid('says nothing about a key')
  return (metadata) => {
    const value = Object.hasOwn(metadata, name) ? metadata[name] : undefined
    return tests.every((test) => test(value))
  }
}

function testOf(operator: string, given: unknown): Test {
  const operand = composed(given)
  switch (operator) {
    case 'is':
      return (value) => value === operand
    case 'in': {
      const several = new Set(Array.isArray(given) ? given.map(composed) : [])
      return (value) => value !== undefined && several.has(value)
    }
    case 'contains':
      return (value) => Array.isArray(value) && value.some((one) => one === operand)
    case 'exists':
      return (value) => (value !== undefined) === operand
    case 'lt':
      return ordered(operand, (order) => order < 0)
    case 'lte':
      return ordered(operand, (order) => order <= 0)
    case 'gt':
      return ordered(operand, (order) => order > 0)
    case 'gte':
      return ordered(operand, (order) => order >= 0)
    default:
      throw invalid(`has no operator \`${operator}\``)
  }
}

/** A number against a number, a text against a text: as dates are written, that is their order, too. */
function ordered(operand: unknown, holds: (order: number) => boolean): Test {
  return (value) => {
    if (typeof value === 'number' && typeof operand === 'number') return holds(value - operand)
    if (typeof value !== 'string' || typeof operand !== 'string') return false
    return holds(value < operand ? -1 : Number(value > operand))
  }
}

function composed(operand: unknown): unknown {
  return typeof operand === 'string' ? operand.normalize('NFC') : operand
}

function invalid(what: string): InvalidInputError {
  return new InvalidInputError(
    'search.invalid-filter',
    `The filter ${what}: write a condition on a key, or \`all\`, \`any\` or \`not\` of some`,
    [{ pointer: '#/filter', message: what }],
  )
}
