import type { Finding, GuardrailRule } from './guardrail.ts'

/** What a model that moderates says of a text: how likely it is of each category, from 0 to 1, and what it takes for certain. */
export interface Moderated {
  readonly scores: Readonly<Record<string, number>>
  readonly flagged: readonly string[]
}

const MAX_CATEGORIES = 50

/**
 * What a rule of the check `moderation` finds in a text of this length. Its `categories` are thresholds, and only those
 * count; without them, what the model itself flags does.
 */
export function findModerated(
  { config = {}, action }: Pick<GuardrailRule, 'config' | 'action'>,
  { scores, flagged }: Moderated,
  length: number,
): Finding[] {
  const thresholds = categoriesOf(config)
  const kinds = thresholds
    ? Object.keys(thresholds).filter((name) => (scores[name] ?? 0) >= (thresholds[name] ?? 1))
    : flagged
  return kinds.map((kind) => ({ check: 'moderation', kind, start: 0, end: length, action }))
}

/** Whether a text may pass when nobody can moderate it. */
export function passesUnmoderated({ config = {} }: Pick<GuardrailRule, 'config'>): boolean {
  return config.onUnavailable === 'pass'
}

/** What is wrong with a rule when it is written down; undefined: nothing. */
export function moderationProblem(
  config: Readonly<Record<string, unknown>>,
  action: GuardrailRule['action'],
): string | undefined {
  const { categories, onUnavailable = 'fail' } = config
  if (action === 'redact') return 'cannot redact: block, or flag'
  if (onUnavailable !== 'fail' && onUnavailable !== 'pass') {
    return 'has an `onUnavailable` that is neither `fail` nor `pass`'
  }
  if (categories === undefined || categoriesOf(config)) return undefined
  return `needs \`categories\` with thresholds from 0 to 1, ${MAX_CATEGORIES} at most`
}

function categoriesOf({
  categories,
}: Readonly<Record<string, unknown>>): Readonly<Record<string, number>> | undefined {
  if (typeof categories !== 'object' || categories === null) return undefined
  const thresholds = Object.entries(categories)
  const isWell =
    thresholds.length > 0 &&
    thresholds.length <= MAX_CATEGORIES &&
    thresholds.every(([, value]) => typeof value === 'number' && value >= 0 && value <= 1)
  return isWell ? (categories as Record<string, number>) : undefined
}
