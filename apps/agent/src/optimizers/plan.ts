import { roundsOf, runsOf } from './halving.ts'
import type { Method, PromptOptimization } from './optimization.ts'

/** A prompt with examples is longer than the one it comes from: so much more is thought of. */
const LONGER = 1.5

interface Money {
  /** Of the budget. */
  readonly leftMicroUsd: number
  /** What a run has cost so far, with its judges. */
  readonly perRunMicroUsd: number
  readonly perProposalMicroUsd: number
}

interface Known {
  /** Answers that were right: what examples are made of. */
  readonly examples: number
  readonly canRewrite: boolean
}

type Subject = Pick<PromptOptimization, 'settings' | 'parts'>

/**
 * How the candidates are made: rewriting and examples in turn, and at last both together. As many as are asked for, or as the money
 * lasts for: all of them have to be chosen from, and the best has to be confirmed. None: it does not last for one.
 */
export function planOf(subject: Subject, known: Known, money: Money): Method[] {
  const plan = planWith(subject, known, money)
  // Examples cost no call of a model.
  return plan.length > 0 ? plan : planWith(subject, { ...known, canRewrite: false }, money)
}

function planWith(subject: Subject, known: Known, money: Money): Method[] {
  const { maxCandidates } = subject.settings
  for (let count = maxCandidates; count > 0; count -= 1) {
    const methods = methodsOf(subject, known, count)
    if (methods.length < count && count > 1) continue
    if (methods.length === 0) return []
    if (costOf(subject, methods, money) <= money.leftMicroUsd) return methods
  }
  return []
}

/** What confirming needs is not spent on choosing. */
export function confirmingCost({ settings, parts }: Subject, perRunMicroUsd: number): number {
  const runs = 2 * parts.test.length * settings.repetitions
  return Math.ceil(LONGER * perRunMicroUsd * runs) + settings.maxRunCostMicroUsd
}

function costOf(subject: Subject, methods: readonly Method[], money: Money): number {
  const { settings, parts } = subject
  const rounds = roundsOf(methods.length, parts.validation.length)
  const runs = runsOf(rounds, settings.repetitions)
  const proposals = methods.filter((method) => method === 'rewrite').length
  return (
    Math.ceil(LONGER * money.perRunMicroUsd * runs) +
    proposals * money.perProposalMicroUsd +
    confirmingCost(subject, money.perRunMicroUsd)
  )
}

/** At most `count`; fewer where there is not so much to make them of. */
function methodsOf({ settings }: Subject, known: Known, count: number): Method[] {
  const rewrites = settings.methods.includes('rewrite') && known.canRewrite
  const shows = settings.methods.includes('few-shot') && known.examples > 0
  if (rewrites && !shows) return Array<Method>(count).fill('rewrite')
  if (!rewrites && !shows) return []
  // With so few examples, another draw gives the same ones.
  const draws = known.examples <= settings.maxExamples ? 1 : count
  if (!rewrites) return Array<Method>(Math.min(count, draws)).fill('few-shot')
  return Array.from({ length: count }, (_, index): Method => {
    if (index > 1 && index === count - 1) return 'rewrite-and-few-shot'
    return index % 2 === 1 && (index - 1) / 2 < draws ? 'few-shot' : 'rewrite'
  })
}
