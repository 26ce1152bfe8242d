import type { AgentId, DatasetId, EvaluatorId, Tenant } from '@dure/contracts'
import { ConflictError, NotFoundError } from '@dure/kernel'
import type { Experiment } from '../experiments/experiment.ts'
import type { Comparison } from '../experiments/summary.ts'

/** What a version of an agent has to have reached before it is published. */
export interface Gate {
  readonly agentId: AgentId
  readonly datasetId: DatasetId
  readonly evaluatorIds: readonly EvaluatorId[]
  /** Of the mean over the cases, from 0 to 1. */
  readonly minScore: number
  /** Whether it may not be significantly worse than the published version in the same experiment. */
  readonly noWorseThanPublished: boolean
  readonly revision: number
  readonly updatedBy: string
  readonly updatedAt: Date
}

export interface GateKey {
  readonly tenant: Tenant
  readonly agentId: AgentId
}

/** What is there now, for an experiment to be about. */
export interface Circumstances {
  readonly version: number
  readonly publishedVersion: number | null
  readonly datasetRevision: number
  /** By their ids; absent: deleted. */
  readonly evaluatorRevisions: ReadonlyMap<EvaluatorId, number>
}

/** The numbers by which it was decided: they are what a refusal shows. */
export interface Numbers {
  readonly minScore: number
  readonly score: number | null
  readonly failed: number
  readonly errors: number
  readonly comparison?: Comparison
}

export type Judgement =
  | { readonly isMet: true; readonly numbers: Numbers }
  | { readonly isMet: false; readonly reason: string; readonly numbers?: Numbers }

/**
 * Whether an experiment lets a version be published. It has to be of this version, done, by all evaluators of the gate, and of the dataset and
 * the evaluators as they are now: who makes the questions easier has to ask them again.
 */
export function judgeGate(gate: Gate, experiment: Experiment, now: Circumstances): Judgement {
  const reason = staleness(gate, experiment, now)
  if (reason !== undefined) return { isMet: false, reason }
  const of = experiment.summary?.versions.find(({ version }) => version === now.version)
  if (!of) return { isMet: false, reason: 'it says nothing about this version' }
  const comparison = comparisonWith(experiment, now)
  const numbers: Numbers = {
    ...{ minScore: gate.minScore, score: of.score, failed: of.failed },
    errors: of.evaluators.reduce((sum, { errors }) => sum + errors, 0),
    ...(comparison && { comparison }),
  }
  const shortfall = shortfallOf(gate, numbers, now)
  return shortfall === undefined
    ? { isMet: true, numbers }
    : { isMet: false, reason: shortfall, numbers }
}

function staleness(gate: Gate, experiment: Experiment, now: Circumstances): string | undefined {
  const { status, agentId, versions, datasetId, datasetRevision, evaluators } = experiment
  if (agentId !== gate.agentId) return 'the experiment is of another agent'
  if (!versions.includes(now.version)) return 'the experiment is of other versions'
  if (status !== 'done') return `the experiment is ${status}, and not done`
  if (datasetId !== gate.datasetId) return 'the experiment ran on another dataset'
  if (datasetRevision !== now.datasetRevision) {
    return `the experiment ran on revision ${datasetRevision} of the dataset, which is at ${now.datasetRevision}`
  }
  const missing = gate.evaluatorIds.find((id) => !evaluators.some((one) => one.id === id))
  if (missing !== undefined) return `the experiment was not scored by ${missing}`
  const stale = evaluators.find(({ id, revision }) => now.evaluatorRevisions.get(id) !== revision)
  return stale && `the evaluator ${stale.name} was changed since`
}

/** Of the published version with this one, whichever came first in the experiment. */
function comparisonWith({ summary }: Experiment, now: Circumstances): Comparison | undefined {
  const found = summary?.comparison
  if (!found || now.publishedVersion === null || now.publishedVersion === now.version) {
    return undefined
  }
  const both = [now.publishedVersion, now.version]
  if (!both.includes(found.a) || !both.includes(found.b)) return undefined
  return found.b === now.version ? found : turned(found)
}

const OPPOSITE = { better: 'worse', worse: 'better', 'no-difference': 'no-difference' } as const

function turned({
  a,
  b,
  difference,
  low,
  high,
  mcNemar,
  verdict,
  ...rest
}: Comparison): Comparison {
  return {
    ...rest,
    ...{ a: b, b: a, difference: -difference, low: -high, high: -low },
    mcNemar: { onlyA: mcNemar.onlyB, onlyB: mcNemar.onlyA, p: mcNemar.p },
    verdict: OPPOSITE[verdict],
  }
}

function shortfallOf(gate: Gate, numbers: Numbers, now: Circumstances): string | undefined {
  const { score, errors, comparison } = numbers
  if (errors > 0) return `${errors} answers could not be scored`
  if (score === null) return 'no evaluator had anything to say'
  if (score < gate.minScore) return `its score is ${round(score)}, and ${gate.minScore} is needed`
  const hasOther = now.publishedVersion !== null && now.publishedVersion !== now.version
  if (!gate.noWorseThanPublished || !hasOther) return undefined
  if (!comparison) return `the experiment does not compare it with version ${now.publishedVersion}`
  return comparison.verdict === 'worse'
    ? `it is worse than version ${now.publishedVersion}, by ${round(-comparison.difference)}`
    : undefined
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000
}

export function gateNotFound(): NotFoundError {
  return new NotFoundError('agent-gate.not-found', 'The agent has no gate')
}

export function gateChanged(): ConflictError {
  const detail = 'Somebody else has changed it meanwhile: get it again before you replace it'
  return new ConflictError('agent-gate.changed', detail)
}

export function gateNotMet(
  reason: string,
  details: { readonly experimentId?: string; readonly numbers?: Numbers | undefined },
): ConflictError {
  const hint =
    'run an experiment of this version that meets the gate, or publish with `force` and a reason'
  return new ConflictError('agent.gate-not-met', `The gate is not met: ${reason}; ${hint}`, {
    reason,
    ...(details.experimentId !== undefined && { experimentId: details.experimentId }),
    ...details.numbers,
  })
}
