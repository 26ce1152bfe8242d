import { type FieldProblem, InvalidInputError } from '@dure/kernel'

export interface AliasTarget {
  readonly version: number
  /** Of a hundred runs, how many take it. */
  readonly weight: number
}

/** When a canary is given up without anybody deciding it. */
export interface RollbackRule {
  /** How many of its last runs count. */
  readonly windowRuns: number
  /** The share of them, 0 to 1, that may fail. */
  readonly maxErrorRate: number
}

/** Of one version, how its last runs ended: a character for each, `1` for a failure, the newest last. */
export interface Outcomes {
  readonly version: number
  readonly outcomes: string
}

export const MAX_TARGETS = 10
export const MAX_WINDOW_RUNS = 1000

/** @throws InvalidInputError `alias.invalid`, with every problem and a pointer to each */
export function checkTargets(targets: readonly AliasTarget[], existing: ReadonlySet<number>): void {
  const problems: FieldProblem[] = []
  const sum = targets.reduce((all, { weight }) => all + weight, 0)
  if (sum !== 100) {
    problems.push({
      pointer: '#/targets',
      message: `has weights that add up to ${sum}, not to 100`,
    })
  }
  for (const [index, { version }] of targets.entries()) {
    const pointer = `#/targets/${index}/version`
    if (targets.findIndex((other) => other.version === version) < index) {
      problems.push({ pointer, message: 'is the version of an earlier target' })
    } else if (!existing.has(version)) {
      problems.push({ pointer, message: 'is no version of this workflow' })
    }
  }
  if (problems.length === 0) return
  throw new InvalidInputError('alias.invalid', 'The targets do not fit: see errors', problems)
}

/**
 * One of them, by their weights.
 *
 * @param targets at least one
 * @param pick in [0, 1)
 */
export function pickTarget<Target extends { readonly weight: number }>(
  targets: readonly Target[],
  pick: number,
): Target {
  const sum = targets.reduce((all, { weight }) => all + weight, 0)
  let left = pick * sum
  for (const target of targets) {
    left -= target.weight
    if (left < 0) return target
  }
  const last = targets.findLast(({ weight }) => weight > 0) ?? targets.at(-1)
  if (!last) throw new TypeError('There is nothing to pick from')
  return last
}

/**
 * What remains when one of the canaries takes over.
 *
 * @param version which of them; undefined: the only one
 * @throws InvalidInputError `alias.nothing-to-promote`
 */
export function promoted(
  targets: readonly AliasTarget[],
  version: number | undefined,
): readonly AliasTarget[] {
  const [, ...canaries] = targets
  const able = canaries.filter((canary) =>
    version === undefined ? canary.weight > 0 : canary.version === version,
  )
  const [canary, ...others] = able
  if (canary && others.length === 0) return [{ version: canary.version, weight: 100 }]
  throw new InvalidInputError(
    'alias.nothing-to-promote',
    canary ? 'There are several canaries: name a version' : 'There is no such canary',
  )
}

export interface Verdict {
  readonly targets: readonly AliasTarget[]
  readonly reason: string
}

/**
 * Whether a canary is to be given up: when more of its last runs have failed than may, while those of
 * the stable version, the first target, have not. If both fail, it is not the canary's fault.
 *
 * @returns undefined: all may stay as it is
 */
export function judge(
  targets: readonly AliasTarget[],
  { windowRuns, maxErrorRate }: RollbackRule,
  counted: readonly Outcomes[],
): Verdict | undefined {
  const [stable, ...canaries] = targets
  if (!stable) return undefined
  const outcomesOf = (version: number) =>
    counted.find((one) => one.version === version)?.outcomes ?? ''
  const stableRuns = outcomesOf(stable.version)
  if (failuresIn(stableRuns) > maxErrorRate * stableRuns.length) return undefined

  const failing = canaries.filter(({ version, weight }) => {
    // Of the whole window, however few have run: so many failures are too many, whatever follows.
    return weight > 0 && failuresIn(outcomesOf(version)) > maxErrorRate * windowRuns
  })
  if (failing.length === 0) return undefined
  const freed = failing.reduce((sum, { weight }) => sum + weight, 0)
  const reasons = failing.map(({ version }) => {
    const runs = outcomesOf(version)
    return `version ${version} failed in ${failuresIn(runs)} of its last ${runs.length} runs, with ${maxErrorRate * 100} % of ${windowRuns} allowed`
  })
  return {
    targets: targets.map((target) => {
      if (target === stable) return { ...target, weight: target.weight + freed }
      return failing.includes(target) ? { ...target, weight: 0 } : target
    }),
    reason: reasons.join('; '),
  }
}

/** Whether it makes sense to judge at all after one more run of this version has failed. */
export function isSuspicious(
  targets: readonly AliasTarget[],
  { windowRuns, maxErrorRate }: RollbackRule,
  { version, outcomes }: Outcomes,
): boolean {
  const isCanary = targets.slice(1).some((one) => one.version === version && one.weight > 0)
  return isCanary && failuresIn(outcomes) > maxErrorRate * windowRuns
}

export function failuresIn(outcomes: string): number {
  let count = 0
  for (const outcome of outcomes) if (outcome === '1') count++
  return count
}
