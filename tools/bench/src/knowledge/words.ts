import { countOf, createLexicalIndex, type LexicalIndex, type QuestionTerms } from '@dure/retrieval'
import { termCorpus } from './corpus.ts'

/** An index of made-up passages, and questions of which each is about one of them. */
export interface FilledIndex {
  readonly index: LexicalIndex
  readonly questions: readonly QuestionTerms[]
}

const SEED = 1
const SEARCHES = 2000
const CHUNKS_PER_DOCUMENT = 20
const TELL_EVERY = 50_000
/** Chunks between two turns of the merges, as between two documents of a base that is loaded. */
const MERGE_EVERY = 2000

export async function fillIndex(chunks: number): Promise<FilledIndex> {
  const corpus = termCorpus(SEED)
  const index = createLexicalIndex()
  const questions: QuestionTerms[] = []
  const askEvery = Math.max(1, Math.floor(chunks / SEARCHES))
  for (let n = 0; n < chunks; n += 1) {
    const passage = corpus.passage()
    const documentId = `document-${Math.floor(n / CHUNKS_PER_DOCUMENT)}`
    const headingMorphemes = passage.morphemes.slice(0, 3)
    index.add({ id: `chunk-${n}`, documentId, headingMorphemes, ...passage })
    if (n % askEvery === 0) {
      const { morphemes, bigrams } = corpus.question(passage)
      questions.push({ morphemes: countOf(morphemes), bigrams: countOf(bigrams) })
    }
    if ((n + 1) % MERGE_EVERY === 0) await index.merged()
    if ((n + 1) % TELL_EVERY === 0) console.error(`${n + 1} of ${chunks} chunks in the index`)
  }
  await index.seal()
  return { index, questions }
}
