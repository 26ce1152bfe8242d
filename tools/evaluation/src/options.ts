import { parseArgs } from 'node:util'
import { UsageError } from '@dure/bench/usage-error'
import { PERTURBATIONS, type Perturbation, SEARCH_MODES, type SearchMode } from '@dure/retrieval'
import { ANALYZERS, type AnalyzerName } from './analyzers.ts'

const USAGE = `usage: npm run evaluate -- --data FOLDER [options]
  --data FOLDER             holds corpus.jsonl, queries.jsonl and qrels.jsonl
  --set NAME                this set alone; may be repeated
  --perturb KIND            ${PERTURBATIONS.join('|')}: what is done to the queries first; may be repeated; absent: all
  --mode MODE               ${SEARCH_MODES.join('|')}; may be repeated; absent: keyword, and all where there are embeddings
  --embeddings-url URL      of an OpenAI-compatible API, up to /v1; its key is EMBEDDING_API_KEY in the environment
  --embeddings-model NAME   makes the vectors of passages and queries
  --embeddings-cache FOLDER keeps the vectors; absent: .data/evaluation
  --analyzers all           compares ways to make terms of a text, ours among them, by words alone
  --json FILE               writes the rows
  --chart FILE              draws the rows as an SVG
  --markdown FILE           writes the rows as a table, with the chart above`

export interface Embeddings {
  readonly url: string
  readonly model: string
  readonly cacheFolder: string
}

export interface EvaluationOptions {
  readonly data: string
  /** All of them when there is none. */
  readonly sets: readonly string[]
  readonly perturbations: readonly Perturbation[]
  readonly modes: readonly SearchMode[]
  /** Undefined: words alone. */
  readonly embeddings: Embeddings | undefined
  /** Empty: ours. */
  readonly analyzers: readonly AnalyzerName[]
  readonly json: string | undefined
  readonly chart: string | undefined
  readonly markdown: string | undefined
}

/** @throws UsageError with all the options in it */
export function parseOptions(args: readonly string[]): EvaluationOptions {
  const values = parsed(args)
  const { data, set, json, chart, markdown } = values
  if (data === undefined) throw usage('--data is missing')
  const embeddings = embeddingsOf(values)
  const analyzers = analyzersOf(values.analyzers)
  const ownModes = embeddings && analyzers.length === 0 ? SEARCH_MODES : (['keyword'] as const)
  const modes = values.mode?.map((name) => oneOf(SEARCH_MODES, '--mode', name)) ?? ownModes
  if (analyzers.length > 0 && modes.some(needsVectors)) {
    throw usage('--analyzers is about words: --mode keyword')
  }
  if (!embeddings && modes.some(needsVectors)) {
    throw usage('--mode vector and hybrid need --embeddings-url and --embeddings-model')
  }
  const perturbations =
    values.perturb?.map((name) => oneOf(PERTURBATIONS, '--perturb', name)) ?? PERTURBATIONS
  return { data, sets: set, perturbations, modes, embeddings, analyzers, json, chart, markdown }
}

const needsVectors = (mode: SearchMode) => mode !== 'keyword'

function parsed(args: readonly string[]) {
  const text = { type: 'string' } as const
  const texts = { type: 'string', multiple: true } as const
  try {
    return parseArgs({
      args: [...args],
      options: {
        data: text,
        set: { ...texts, default: [] },
        perturb: texts,
        mode: texts,
        'embeddings-url': text,
        'embeddings-model': text,
        'embeddings-cache': { ...text, default: '.data/evaluation' },
        analyzers: text,
        json: text,
        chart: text,
        markdown: text,
      },
    }).values
  } catch (cause) {
    throw usage(cause instanceof Error ? cause.message : String(cause))
  }
}

function embeddingsOf(values: ReturnType<typeof parsed>): Embeddings | undefined {
  const { 'embeddings-url': url, 'embeddings-model': model } = values
  if (url === undefined && model === undefined) return undefined
  if (url === undefined || model === undefined) {
    throw usage('--embeddings-url and --embeddings-model belong together')
  }
  if (!/^https?:\/\/./.test(url)) throw usage(`--embeddings-url ${url}: no address`)
  return { url, model, cacheFolder: values['embeddings-cache'] }
}

function analyzersOf(name: string | undefined): readonly AnalyzerName[] {
  if (name === undefined) return []
  return name === 'all' ? ANALYZERS : [oneOf(ANALYZERS, '--analyzers', name)]
}

function oneOf<Name extends string>(names: readonly Name[], option: string, given: string): Name {
  const found = names.find((name) => name === given)
  if (!found) throw usage(`${option} ${given}: there is no such kind`)
  return found
}

function usage(problem: string): UsageError {
  return new UsageError(`${problem}\n${USAGE}`)
}
