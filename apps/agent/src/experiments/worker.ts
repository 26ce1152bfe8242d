import type { ExecutionId } from '@dure/contracts'
import { backoffMs, DureError } from '@dure/kernel'
import { asTenant, createPoller, type Logger, type Poller } from '@dure/platform'
import type { Scorer } from '../evaluators/scoring-service.ts'
import type { Evaluated, Outcome } from './experiment.ts'
import { summaryOf } from './summary.ts'
import { type DueRun, type ExperimentWorkStore, type RunRef, SCORE_LEASE_MS } from './work-store.ts'

/** How an experiment has agents run. Nobody waits for an execution: what has ended is asked for now and then. */
export interface RunAgent {
  /** Done twice with one id, it is done once. @throws DureError when it cannot be started */
  start(run: DueRun): Promise<ExecutionId>
  cancel(run: DueRun): Promise<void>
  /** Runs whose executions are over, as long as nobody has said that it was noted. */
  ended(limit: number): Promise<readonly { readonly run: RunRef; readonly outcome: Outcome }[]>
}

export interface ExperimentDriver {
  readonly check: Poller['check']
  start(): void
  kick(): void
  close(): Promise<void>
}

interface Parts {
  readonly store: ExperimentWorkStore
  readonly agent: RunAgent
  readonly scorer: Scorer
  readonly log: Logger
}

const POLL_MS = 1000
const STARTED_AT_ONCE = 32
const ENDED_AT_ONCE = 100
/** Of one process: each may wait for a model. */
const SCORED_AT_ONCE = 16
const MAX_TRIES = 5
const BACKOFF = { baseMs: 1000, maxMs: 30_000 }
/** Somewhat less than the lease: nobody else scores meanwhile. */
const SCORE_TIMEOUT_MS = SCORE_LEASE_MS - 30_000

/**
 * Does what is to be done about experiments: starts runs, scores what has ended, sums up. All of it is found in rows, so whoever dies in the
 * middle of it leaves it to the next one.
 */
export function createExperimentDriver(parts: Parts): ExperimentDriver {
  const { store, agent, log } = parts
  const closing = new AbortController()
  const scoring = new Set<Promise<void>>()

  async function startOne(run: DueRun): Promise<void> {
    try {
      const executionId = await asTenant(run.experiment.tenant, () => agent.start(run))
      await store.started(run, executionId)
    } catch (error) {
      // It is taken up again when its lease is over.
      if (!isFinal(error) && run.tries < MAX_TRIES) {
        log.warn({ err: error, experimentId: run.experiment.id }, 'a run was not started')
        return
      }
      const { experiment, ordinal, executionId } = run
      const ref = { experimentId: experiment.id, ordinal, executionId }
      await store.ended(ref, failedOutcome(error))
    }
  }

  async function cancelOne(run: DueRun): Promise<void> {
    await asTenant(run.experiment.tenant, () => agent.cancel(run))
    await store.cancelled(run)
  }

  async function takeUpScoring(): Promise<boolean> {
    const room = SCORED_AT_ONCE - scoring.size
    const runs = room > 0 && !closing.signal.aborted ? await store.takeToScore(room) : []
    for (const run of runs) {
      const work = asTenant(run.experiment.tenant, () => scoreOne(parts, run, closing.signal))
        .catch((err: unknown) => log.error({ err, experimentId: run.experiment.id }, 'not scored'))
        .finally(() => {
          scoring.delete(work)
          poller.kick()
        })
      scoring.add(work)
    }
    return runs.length > 0
  }

  async function finishAll(): Promise<boolean> {
    const over = await store.over()
    for (const { experiment, isWhole } of over) {
      const summary = summaryOf(experiment, await store.scoredRuns(experiment))
      await store.finish(experiment, { summary, isWhole })
    }
    return over.length > 0
  }

  const poller = createPoller({
    ...{ name: 'experiments', pollMs: POLL_MS, log },
    async pass() {
      if (!(await store.hasWork())) return false
      const toStart = await store.takeToStart(STARTED_AT_ONCE)
      await Promise.all(toStart.map(startOne))
      const toCancel = await store.toCancel(STARTED_AT_ONCE)
      await Promise.all(toCancel.map(cancelOne))
      const ended = await agent.ended(ENDED_AT_ONCE)
      for (const { run, outcome } of ended) await store.ended(run, outcome)
      const hasScored = await takeUpScoring()
      const hasFinished = await finishAll()
      return toStart.length > 0 || ended.length > 0 || hasScored || hasFinished
    },
  })

  return {
    check: poller.check,
    start: poller.start,
    kick: poller.kick,

    async close() {
      closing.abort(new Error('The service is stopping'))
      await poller.close()
      await Promise.all(scoring)
    },
  }
}

async function scoreOne(parts: Parts, run: DueRun, closing: AbortSignal): Promise<void> {
  const { store } = parts
  const signal = AbortSignal.any([closing, AbortSignal.timeout(SCORE_TIMEOUT_MS)])
  // What somebody who died, or had to wait, has paid for.
  const scores: Evaluated[] = [...(run.scores ?? [])]
  for (const { id: evaluatorId, config } of run.experiment.evaluators.slice(scores.length)) {
    try {
      const { score, costMicroUsd } = await scoreBy({ ...parts, run, evaluatorId, config, signal })
      scores.push({ evaluatorId, result: score ?? null })
      if (costMicroUsd > 0) await store.keep(run, { scores, costMicroUsd })
    } catch (error) {
      if (closing.aborted) return store.release(run, 0)
      if (!isFinal(error) && run.tries < MAX_TRIES) {
        return store.release(run, backoffMs(BACKOFF, run.tries, Math.random()))
      }
      scores.push({ evaluatorId, result: null, error: errorOf(error) })
    }
  }
  await store.scored(run, scores)
}

/** Who has not answered has earned nothing, whatever the evaluator looks at. */
async function scoreBy(
  of: Pick<Parts, 'scorer'> & {
    readonly run: DueRun
    readonly signal: AbortSignal
  } & Pick<Evaluated, 'evaluatorId'> & {
      readonly config: DueRun['experiment']['evaluators'][number]['config']
    },
) {
  const { scorer, run, evaluatorId, config, signal } = of
  const { experiment, ordinal, outcome } = run
  if (outcome?.status !== 'succeeded') {
    const reason = `the run ended without an answer: ${outcome?.error?.code ?? outcome?.status}`
    return { score: { score: 0, passed: false, reason }, costMicroUsd: 0 }
  }
  const { tenant, agentId, keyId } = experiment
  return scorer.score({
    ...{ config, signal, asked: { of: run.of, answer: outcome } },
    key: `${experiment.id}/${ordinal}/${evaluatorId}`,
    payer: { tenant, agentId, ...(keyId !== null && { keyId }) },
  })
}

/** Tried again, it would be the same. */
function isFinal(error: unknown): boolean {
  return error instanceof DureError && !error.transient
}

function errorOf(error: unknown): { code: string; message: string } {
  return error instanceof DureError
    ? { code: error.code, message: error.message }
    : { code: 'evaluator.failed', message: 'It could not be scored: see the logs of the service' }
}

function failedOutcome(error: unknown): Outcome {
  const reason =
    error instanceof DureError
      ? { code: error.code, message: error.message }
      : { code: 'experiment.not-started', message: 'The run could not be started: see the logs' }
  return {
    ...{ status: 'failed', output: null, toolCalls: [], error: reason },
    ...{ costMicroUsd: 0, inputTokens: 0, outputTokens: 0, durationMs: 0 },
  }
}
