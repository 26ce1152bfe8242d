import type { AgentDefinition } from '../agents/definition.ts'
import type { CaseId } from '../datasets/dataset.ts'
import type { Experiment } from '../experiments/experiment.ts'
import type { OnPart } from '../experiments/store.ts'
import { summaryOf } from '../experiments/summary.ts'
import { concludeFrom, NOTHING_CHOSEN, NOTHING_TO_IMPROVE } from './conclude.ts'
import { examplesIn } from './examples.ts'
import { ranked, roundsOf } from './halving.ts'
import { newExperiment } from './measuring-service.ts'
import type { Candidate, PromptOptimization } from './optimization.ts'
import { confirmingCost, planOf } from './plan.ts'
import type { Proposer } from './propose-service.ts'
import { learnedFrom, type PartScore, partScoreOf } from './scores.ts'
import type { OptimizationWorkStore } from './work-store.ts'

export interface AdvanceParts {
  readonly store: OptimizationWorkStore
  readonly proposer: Proposer
  readonly agents: {
    /** The version with exactly this definition; it is made when there is none. */
    versionFor(of: PromptOptimization, instructions: string): Promise<number>
    definition(of: PromptOptimization): Promise<AgentDefinition>
  }
}

/** The round that confirms: one number for all optimizations, behind every round of choosing. */
const CONFIRMING_ROUND = 1000
const BUDGET_EXCEEDED = {
  code: 'prompt-optimization.budget-exceeded',
  message: 'What comes next could have cost more than is left of its budget',
} as const

/**
 * Takes an optimization one step further, when no experiment is run for it. Measuring learns how the agent does on the part for training;
 * proposing makes candidates from that; choosing runs them in rounds on the part for validation; confirming compares the one that is
 * left with the agent as it was, on the part for testing, which neither has met.
 */
export function createAdvance(parts: AdvanceParts) {
  const steps = {
    measuring: learn,
    proposing: propose,
    choosing: choose,
    confirming: confirm,
  }

  /** @returns whether there is more to do at once */
  return async (optimization: PromptOptimization, signal: AbortSignal): Promise<boolean> => {
    const experiment = await experimentOf(parts, optimization)
    if (experiment && experiment.status !== 'done') {
      await parts.store.finish(optimization, endingOf(experiment))
      return false
    }
    return steps[optimization.phase](parts, optimization, signal)
  }
}

function experimentOf({ store }: AdvanceParts, { id, phase, round }: PromptOptimization) {
  return phase === 'proposing' ? undefined : store.experiment(id, round)
}

function endingOf({ status, error }: Experiment) {
  if (status === 'cancelled') return { status: 'cancelled' } as const
  const isPoor = error?.code === 'experiment.budget-exceeded'
  return { status: 'failed', error: isPoor ? BUDGET_EXCEEDED : (error ?? BUDGET_EXCEEDED) } as const
}

async function learn(parts: AdvanceParts, of: PromptOptimization): Promise<boolean> {
  const { store, proposer } = parts
  const runs = await store.runs(of.id, { rounds: [0], withText: true })
  const baseline = { ...of.baseline, train: partScoreOf(runs) }
  const failed = runs.find(({ outcome }) => outcome?.status !== 'succeeded')
  if (failed && baseline.train.failed * 2 > runs.length) {
    const reason = failed.outcome?.error?.message ?? 'the run was cancelled'
    const message = `Most runs of the agent as it is gave no answer, which no prompt mends: ${reason}`
    const error = { code: 'prompt-optimization.agent-fails', message }
    await store.finish(of, { status: 'failed', error, baseline })
    return false
  }
  const learned = learnedFrom(runs)
  if (learned.every(({ score }) => score === 1)) {
    await store.finish(of, { status: 'done', conclusion: NOTHING_TO_IMPROVE, baseline })
    return false
  }
  const { instructions } = await parts.agents.definition(of)
  const perProposalMicroUsd = proposer.estimate(of, { instructions, learned })
  const known = {
    examples: examplesIn(learned).length,
    canRewrite: proposer.canRewrite(of.settings),
  }
  const plan = planOf(of, known, {
    leftMicroUsd: of.settings.budgetMicroUsd - of.costMicroUsd,
    perRunMicroUsd: of.costMicroUsd / Math.max(1, runs.length),
    perProposalMicroUsd,
  })
  if (plan.length > 0) return store.advance(of, { phase: 'proposing', round: 0, plan, baseline })
  const canPropose = known.canRewrite || known.examples > 0
  const error = canPropose ? BUDGET_EXCEEDED : NO_EXAMPLES
  await store.finish(of, { status: 'failed', error, baseline })
  return false
}

const NO_EXAMPLES = {
  code: 'prompt-optimization.no-examples',
  message:
    'The agent answered no case right that could serve as an example, and rewriting was not possible or not asked for',
} as const

async function propose(
  parts: AdvanceParts,
  of: PromptOptimization,
  signal: AbortSignal,
): Promise<boolean> {
  const { store, proposer, agents } = parts
  const before = await store.candidates(of.id)
  const number = before.length + 1
  const method = of.plan?.[before.length]
  if (method) {
    const runs = await store.runs(of.id, { rounds: [0], withText: true })
    const { instructions } = await agents.definition(of)
    const asked = { number, method, before, instructions, learned: learnedFrom(runs) }
    const proposed = await proposer.propose(of, asked, signal)
    if (proposed === 'too-dear') {
      await store.finish(of, { status: 'failed', error: BUDGET_EXCEEDED })
      return false
    }
    await store.propose(of, proposed.candidate, proposed.spent)
    return true
  }
  const usable = before.flatMap(({ number: one, instructions }) =>
    instructions === null ? [] : [{ number: one, instructions }],
  )
  if (usable.length === 0) {
    await store.finish(of, { status: 'done', conclusion: NOTHING_CHOSEN })
    return false
  }
  for (const candidate of usable) {
    const version = await agents.versionFor(of, candidate.instructions)
    await store.versioned(of.id, candidate.number, version)
  }
  return beginRound(parts, of, 1)
}

/** Those that are still chosen from, with the versions that they are run as. */
function inTheRunning(candidates: readonly Candidate[]) {
  return candidates.flatMap((candidate) => {
    const { version, leftInRound } = candidate
    return version === null || leftInRound !== null ? [] : [{ ...candidate, version }]
  })
}

async function beginRound(
  parts: AdvanceParts,
  of: PromptOptimization,
  round: number,
): Promise<boolean> {
  const candidates = await parts.store.candidates(of.id)
  const plan = roundsOf(
    candidates.filter(({ version }) => version !== null).length,
    of.parts.validation.length,
  )
  const slice = plan[round - 1]
  if (!slice) return false
  const versions = [of.baseVersion, ...inTheRunning(candidates).map(({ version }) => version)]
  const caseIds = of.parts.validation.slice(slice.from, slice.to)
  const measured = of.baseline.train
  const perRun = measured ? of.costMicroUsd / Math.max(1, measured.runs) : 0
  return beginExperiment(parts, of, {
    ...{ phase: 'choosing', round, versions, caseIds },
    kept: confirmingCost(of, Math.min(perRun, of.settings.maxRunCostMicroUsd)),
  })
}

async function choose(parts: AdvanceParts, of: PromptOptimization): Promise<boolean> {
  const { store } = parts
  const candidates = await store.candidates(of.id)
  const versioned = candidates.filter(({ version }) => version !== null).length
  const plan = roundsOf(versioned, of.parts.validation.length)
  const slice = plan[of.round - 1]
  if (!slice) throw new TypeError(`There is no round ${of.round}`)
  const rounds = plan.slice(0, of.round).map((_, index) => index + 1)
  const runs = await store.runs(of.id, { rounds, withText: false })
  const scoreOf = (version: number) => partScoreOf(runs.filter((run) => run.version === version))
  const standing = ranked(
    inTheRunning(candidates).map(({ number, version }) => {
      const validation = scoreOf(version)
      const { score, costMicroUsd } = validation
      return { number, version, validation, score, costMicroUsd }
    }),
  )
  const scored = standing.map(({ number, validation }, place) => ({
    ...{ number, validation },
    leftInRound: place < slice.kept ? null : of.round,
  }))
  const baseline = { ...of.baseline, validation: scoreOf(of.baseVersion) }
  const [best] = standing
  await store.score(of.id, scored)
  if (of.round < plan.length) return beginRound(parts, { ...of, baseline }, of.round + 1)
  if (!best || !isAbove(best.validation, baseline.validation)) {
    const conclusion = { ...NOTHING_CHOSEN, candidate: best?.number ?? null }
    await store.finish(of, { status: 'done', conclusion, baseline })
    return false
  }
  return beginExperiment(
    parts,
    { ...of, baseline },
    {
      ...{ phase: 'confirming', round: CONFIRMING_ROUND, kept: 0 },
      ...{ versions: [of.baseVersion, best.version], caseIds: of.parts.test },
    },
  )
}

function isAbove(candidate: PartScore, before: PartScore): boolean {
  return (candidate.score ?? 0) > (before.score ?? 0)
}

async function confirm({ store }: AdvanceParts, of: PromptOptimization): Promise<boolean> {
  const runs = await store.runs(of.id, { rounds: [CONFIRMING_ROUND], withText: false })
  const [chosen] = inTheRunning(await store.candidates(of.id))
  if (!chosen) throw new TypeError('There is no candidate to confirm')
  const versions = [of.baseVersion, chosen.version]
  const { comparison } = summaryOf({ versions, evaluators: of.evaluators }, runs)
  const [before, after] = versions.map((version) =>
    partScoreOf(runs.filter((run) => run.version === version)),
  ) as [PartScore, PartScore]
  await store.score(of.id, [{ number: chosen.number, test: after }])
  await store.finish(of, {
    ...{ status: 'done', baseline: { ...of.baseline, test: before } },
    conclusion: concludeFrom({ candidate: chosen.number, comparison, before, after }),
  })
  return false
}

interface Measurement {
  readonly phase: 'choosing' | 'confirming'
  readonly round: number
  readonly versions: readonly number[]
  readonly caseIds: readonly CaseId[]
  /** Of the money that is left, for what comes after. */
  readonly kept: number
}

async function beginExperiment(
  { store }: AdvanceParts,
  of: PromptOptimization,
  { phase, round, versions, caseIds, kept }: Measurement,
): Promise<boolean> {
  const left = of.settings.budgetMicroUsd - of.costMicroUsd - kept
  if (left < of.settings.maxRunCostMicroUsd) {
    await store.finish(of, { status: 'failed', error: BUDGET_EXCEEDED, baseline: of.baseline })
    return false
  }
  const experiment = newExperiment(of, { versions, cases: caseIds.length, budgetMicroUsd: left })
  const part: OnPart = { optimizationId: of.id, round, caseIds }
  await store.advance(of, {
    phase,
    round,
    baseline: of.baseline,
    experiment: { of: experiment, part },
  })
  return false
}
