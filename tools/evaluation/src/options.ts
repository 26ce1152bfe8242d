import { parseArgs } from 'node:util'
import { UsageError } from '@dure/bench/usage-error'
import { PERTURBATIONS, type Perturbation } from '@dure/retrieval'

const USAGE = `usage: npm run evaluate -- --data FOLDER [options]
  --data FOLDER       holds corpus.jsonl, queries.jsonl and qrels.jsonl
  --set NAME          this set alone; may be repeated
  --perturb KIND      ${PERTURBATIONS.join('|')}: what is done to the queries first; may be repeated
  --json FILE         writes the rows
  --chart FILE        draws the rows as an SVG`

export interface EvaluationOptions {
  readonly data: string
  /** All of them when there is none. */
  readonly sets: readonly string[]
  readonly perturbations: readonly Perturbation[]
  readonly json: string | undefined
  readonly chart: string | undefined
}

/** @throws UsageError with all the options in it */
export function parseOptions(args: readonly string[]): EvaluationOptions {
  const { data, set, perturb, json, chart } = parsed(args)
  if (data === undefined) throw new UsageError(`--data is missing\n${USAGE}`)
  return { data, sets: set, perturbations: perturb.map(perturbationOf), json, chart }
}

function parsed(args: readonly string[]) {
  const text = { type: 'string' } as const
  const texts = { type: 'string', multiple: true } as const
  try {
    return parseArgs({
      args: [...args],
      options: {
        data: text,
        set: { ...texts, default: [] },
        perturb: { ...texts, default: ['none'] },
        json: text,
        chart: text,
      },
    }).values
  } catch (cause) {
    throw new UsageError(`${cause instanceof Error ? cause.message : cause}\n${USAGE}`)
  }
}

function perturbationOf(name: string): Perturbation {
  const found = PERTURBATIONS.find((perturbation) => perturbation === name)
  if (!found) throw new UsageError(`--perturb ${name}: there is no such kind\n${USAGE}`)
  return found
}
