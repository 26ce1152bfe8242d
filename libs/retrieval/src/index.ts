export {
  best,
  type Candidate,
  candidatesOf,
  isConvincing,
  type LexicalSearch,
} from './candidates.ts'
export { bootstrapInterval, mean } from './evaluation/bootstrap.ts'
export { type Clusters, clustered, exactTen } from './evaluation/clusters.ts'
export { type FittedWeight, fitWeight, type WeighedQuery } from './evaluation/fit-weight.ts'
export { type Judgements, metricsOf, type QueryMetrics } from './evaluation/metrics.ts'
export { PERTURBATIONS, type Perturbation, perturb } from './evaluation/perturb.ts'
export { createRandom } from './evaluation/random.ts'
export { DEFAULT_VECTOR_WEIGHT, type FusedCandidate } from './fusion.ts'
export {
  ANALYZER_VERSION,
  type Analysis,
  type Analyzer,
  analyzerVersion,
  createAnalyzer,
} from './korean/analyze.ts'
export { bigrams } from './korean/bigrams.ts'
export { type Dictionary, loadDictionary } from './korean/dictionary.ts'
export { type DictionaryWord, dictionaryWords } from './korean/dictionary-words.ts'
export type { Explanation } from './korean/explain.ts'
export { normalisedText } from './korean/normalise.ts'
export { USER_TAGS, type UserTag } from './korean/user-kinds.ts'
export { createUserDictionary, type UserDictionary, type UserWord } from './korean/user-words.ts'
export {
  createLexicalIndex,
  inverseDocumentFrequency,
  type LexicalHit,
  type LexicalIndex,
} from './lexical/bm25-index.ts'
export { countedLength, fractionOf } from './lexical/codes.ts'
export {
  countOf,
  FIELDS,
  type FieldName,
  identifiersIn,
  type LexicalChunk,
  type PerField,
  type TermWeights,
  termsOf,
  WEIGHTS,
} from './lexical/fields.ts'
export type { SealedPart } from './lexical/sealed-segment.ts'
export { readSegment, writeSegment } from './lexical/segment-file.ts'
export {
  type PairStatistics,
  type QuestionAnalyzer,
  type QuestionTerms,
  questionTerms,
  respeltQuestion,
} from './question.ts'
export { type Found, type Ranking, rank, SEARCH_MODES, type SearchMode } from './rank.ts'
export { readArrayFile, UnusableFileError, writeArrayFile } from './snapshot/array-file.ts'
export { bytesOf, type Quantised, quantise, quantisedOf, unitOf } from './vectors/quantise.ts'
export { readVectors, writeVectors } from './vectors/vector-file.ts'
export {
  createVectorIndex,
  type VectorEntry,
  type VectorHit,
  type VectorIndex,
  type VectorQuery,
} from './vectors/vector-index.ts'
