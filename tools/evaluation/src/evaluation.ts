import { type Analyzer, createAnalyzer, loadDictionary } from '@dure/retrieval'
import { type AnalyzerName, analyzerOf } from './analyzers.ts'
import type { DataSet } from './data-set.ts'
import { checkTexts, createEmbedder, type Embedder } from './embedder.ts'
import { type Corpus, embeddedText, indexOf, withVectors } from './index-of.ts'
import { type Measured, type MeasureOptions, meanOf, measure, type Row } from './measure.ts'
import type { EvaluationOptions } from './options.ts'

interface Work extends Pick<EvaluationOptions, 'perturbations' | 'modes' | 'embeddings'> {
  /** Empty: ours, without its name in the rows. */
  readonly analyzers: readonly AnalyzerName[]
  /** Hears what is being done. */
  readonly progress: (text: string) => void
  /** Gets all rows so far after each one. */
  readonly keep?: (rows: readonly Row[]) => void
}

/** A row per set, analyzer, mode and perturbation, then the macro means where there are several sets. */
export async function evaluate(sets: readonly DataSet[], work: Work): Promise<Row[]> {
  if (work.embeddings) checkTexts(textsOf(sets, work))
  const ours = createAnalyzer(await loadDictionary())
  const embedder = work.embeddings && (await embedderOf(work.embeddings, work.progress))
  const measured: Measured[] = []
  const rows = () => measured.map(({ row }) => row)
  for (const set of sets) {
    for (const analyzer of work.analyzers.length > 0 ? work.analyzers : [undefined]) {
      for await (const one of measureSet(set, { ...work, ours, analyzer, embedder })) {
        measured.push(one)
        work.keep?.(rows())
      }
    }
  }
  return sets.length === 1 ? rows() : [...rows(), ...meansOf(measured)]
}

/** As many as get vectors, at the most. */
function textsOf(sets: readonly DataSet[], { perturbations }: Work): number {
  return sets.reduce(
    (sum, { passages, questions }) =>
      sum + passages.length + questions.length * perturbations.length,
    0,
  )
}

interface SetWork extends Omit<Work, 'embeddings' | 'analyzers' | 'keep'> {
  readonly ours: Analyzer
  readonly analyzer: AnalyzerName | undefined
  readonly embedder: Embedder | undefined
}

async function* measureSet(
  set: DataSet,
  { ours, analyzer, embedder, modes, perturbations, progress }: SetWork,
): AsyncGenerator<Measured> {
  progress(
    `${set.name}${analyzer ? `, ${analyzer}` : ''}: ${set.passages.length} passages are indexed`,
  )
  const words = await indexOf(analyzerOf(analyzer ?? 'dure', ours), set.passages, progress)
  const corpus = await embedded(words, set, embedder)
  for (const mode of modes) {
    for (const perturbation of perturbations) {
      const began = performance.now()
      const options: MeasureOptions = {
        mode,
        perturbation,
        ...(analyzer && { analyzer }),
        ...(embedder && { vectorsOf: embedder.queries }),
      }
      const measured = await measure(set, corpus, options)
      const seconds = ((performance.now() - began) / 1000).toFixed(1)
      progress(
        `${set.name}, ${mode}, ${perturbation}: ${set.questions.length} queries, ${seconds} s`,
      )
      yield measured
    }
  }
}

async function embedded(
  corpus: Corpus,
  { passages }: DataSet,
  embedder: Embedder | undefined,
): Promise<Corpus> {
  if (!embedder) return corpus
  return withVectors(corpus, passages, await embedder.passages(passages.map(embeddedText)))
}

/** The settings of the service, by the names that they have there. */
function embedderOf(
  { url, model, cacheFolder }: NonNullable<Work['embeddings']>,
  progress: Work['progress'],
): Promise<Embedder> {
  const { EMBEDDING_API_KEY, EMBEDDING_PASSAGE_PREFIX, EMBEDDING_QUERY_PREFIX } = process.env
  return createEmbedder({
    ...{ url, model, cacheFolder, progress },
    apiKey: EMBEDDING_API_KEY,
    passagePrefix: EMBEDDING_PASSAGE_PREFIX ?? '',
    queryPrefix: EMBEDDING_QUERY_PREFIX ?? '',
  })
}

function meansOf(measured: readonly Measured[]): Row[] {
  const kindOf = ({ row }: Measured) => `${row.analyzer} ${row.mode} ${row.perturbation}`
  return [...Map.groupBy(measured, kindOf).values()].flatMap(([first, ...others]) =>
    first ? [meanOf([first, ...others])] : [],
  )
}
