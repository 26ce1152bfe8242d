import { parseArgs } from 'node:util'
import { UsageError } from '@dure/bench/usage-error'

const USAGE = `usage: npm run experiment -- --agent NAME --version N [options]
  --agent NAME          or its id
  --version N           or draft, which is frozen as a version first
  --dataset NAME        or its id; absent: that of the gate of the agent
  --evaluator NAME      or its id; may be repeated; absent: those of the gate, else all of the project
  --against N           or published: a version to compare with; absent: the published one when the gate wants that
  --min-score X         0 to 1; absent: that of the gate
  --repetitions N       how often each version is asked each case; absent: 1
  --concurrency N       runs at the same time; absent: 4
  --budget MICRO_USD    no run is started that could cost more than is left of it
  --json FILE           writes the experiment
DURE_URL and DURE_KEY name the gateway and a key with agents:read and agents:write`

export interface ExperimentOptions {
  readonly url: string
  readonly key: string
  readonly agent: string
  readonly version: number | 'draft'
  readonly against: number | 'published' | undefined
  readonly dataset: string | undefined
  readonly evaluators: readonly string[]
  readonly minScore: number | undefined
  readonly repetitions: number
  readonly concurrency: number
  readonly budgetMicroUsd: number | undefined
  readonly json: string | undefined
}

/** @throws UsageError with all the options in it */
export function parseExperimentOptions(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): ExperimentOptions {
  const values = parsed(args)
  const { agent, version, against, dataset, evaluator, json } = values
  const { DURE_URL: url, DURE_KEY: key } = env
  if (!url || !key) throw usage('DURE_URL or DURE_KEY is not set')
  if (!/^https?:\/\/./.test(url)) throw usage(`DURE_URL ${url}: no address`)
  if (agent === undefined || version === undefined) throw usage('--agent or --version is missing')
  return {
    ...{ url: url.replace(/\/+$/, ''), key, agent, dataset, json, evaluators: evaluator },
    version: version === 'draft' ? version : wholeOf('--version', version),
    against:
      against === undefined || against === 'published' ? against : wholeOf('--against', against),
    minScore: scoreOf(values['min-score']),
    repetitions: wholeOf('--repetitions', values.repetitions),
    concurrency: wholeOf('--concurrency', values.concurrency),
    budgetMicroUsd: values.budget === undefined ? undefined : wholeOf('--budget', values.budget),
  }
}

function parsed(args: readonly string[]) {
  const text = { type: 'string' } as const
  try {
    return parseArgs({
      args: [...args],
      options: {
        agent: text,
        version: text,
        against: text,
        dataset: text,
        evaluator: { type: 'string', multiple: true, default: [] },
        'min-score': text,
        repetitions: { ...text, default: '1' },
        concurrency: { ...text, default: '4' },
        budget: text,
        json: text,
      },
    }).values
  } catch (cause) {
    throw usage(cause instanceof Error ? cause.message : String(cause))
  }
}

function wholeOf(option: string, given: string): number {
  if (!/^[1-9]\d{0,12}$/.test(given)) throw usage(`${option} ${given}: no whole number from 1 on`)
  return Number(given)
}

function scoreOf(given: string | undefined): number | undefined {
  if (given === undefined) return undefined
  const score = /^\d(?:\.\d+)?$/.test(given) ? Number(given) : Number.NaN
  if (!(score <= 1)) throw usage(`--min-score ${given}: no number from 0 to 1`)
  return score
}

function usage(problem: string): UsageError {
  return new UsageError(`${problem}\n${USAGE}`)
}
