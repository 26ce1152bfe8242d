import { DureError } from '@dure/kernel'
import type { AnalyzerOfVersion, PassageAnalyzer } from '../analysis/passage-analyzer.ts'
import type { PassageTerms } from '../analysis/passage-terms.ts'
import type { Reanalysis } from './reanalysis.ts'
import type { NextSnapshots } from './snapshot-store.ts'
import type {
  NamedDocument,
  ReanalysisClaim,
  ReanalysisWorkStore,
  UnreadPassage,
} from './work-store.ts'

export interface ReanalysisRunnerDependencies {
  readonly store: ReanalysisWorkStore
  readonly analyzerOf: AnalyzerOfVersion
  readonly snapshots: NextSnapshots
}

/** After so many attempts without anything done it is given up. */
const MAX_FAILURES = 5
/** Passages of one base before others have their turn: half a second, more or less. */
const TURN = 1000
/** As many as an ingestion analyses at once: others have their turn in between. */
const BATCH = 20

/** One piece of work on a base. Any number of attempts may be interrupted: what they have made is there. */
export async function work(
  parts: ReanalysisRunnerDependencies,
  claim: ReanalysisClaim,
  signal: AbortSignal,
): Promise<void> {
  try {
    if (claim.status === 'running') await make(parts, claim, signal)
    else await tidy(parts.store, claim)
  } catch (error) {
    if (signal.aborted) return parts.store.goOn(claim, claim.afterName)
    const isHopeless = error instanceof DureError && !error.transient
    const isFinal = claim.status === 'running' && (isHopeless || claim.failures >= MAX_FAILURES)
    await parts.store.fail(claim, failureOf(error), isFinal)
    throw error
  }
}

async function make(
  parts: ReanalysisRunnerDependencies,
  claim: ReanalysisClaim,
  signal: AbortSignal,
): Promise<void> {
  const { store } = parts
  const documents = firstOf(await store.documents(claim))
  const last = documents.at(-1)
  if (last === undefined) return finish(parts, claim)
  const analyzer = await parts.analyzerOf(claim.tenant, claim.analyzerVersion)
  if (analyzer.version !== claim.analyzerVersion) throw wordsAreGone()
  const outcome = await read(store, claim, { documents, analyzer, signal })
  if (outcome === 'lost') return
  await store.goOn(claim, outcome === 'all' ? last.name : claim.afterName)
}

/** Enough for a turn: what was done in turns before is passed over each time. */
function firstOf(documents: readonly NamedDocument[]): readonly NamedDocument[] {
  let count = 0
  const end = documents.findIndex(({ chunkCount }) => {
    count += chunkCount
    return count >= TURN
  })
  return end < 0 ? documents : documents.slice(0, end + 1)
}

/** Switches, if no passage lacks its terms. */
async function finish(
  { store, snapshots }: ReanalysisRunnerDependencies,
  claim: ReanalysisClaim,
): Promise<void> {
  const size = await store.sizeWhenMade(claim)
  const touch = () => store.touch(claim)
  const snapshot = size === undefined ? 'none' : await snapshots.prepare(claim, size, touch)
  if (snapshot === 'busy') return store.wait(claim)
  const prepared = snapshot === 'none' ? undefined : snapshot
  const outcome = await store.switch(claim, prepared)
  if (prepared && outcome !== 'switched') await snapshots.abandon(claim, prepared)
}

interface Reading {
  readonly documents: readonly NamedDocument[]
  readonly analyzer: PassageAnalyzer
  readonly signal: AbortSignal
}

async function read(
  store: ReanalysisWorkStore,
  claim: ReanalysisClaim,
  { documents, analyzer, signal }: Reading,
): Promise<'all' | 'some' | 'lost'> {
  let after = { documentId: '', ordinal: -1 }
  for (let count = 0; count < TURN; ) {
    signal.throwIfAborted()
    const passages = await store.unread(claim, documents, after)
    const last = passages.at(-1)
    if (last === undefined) return 'all'
    if (!(await store.add(claim, await termsOf(passages, analyzer)))) return 'lost'
    count += passages.length
    after = last
  }
  return 'some'
}

async function termsOf(passages: readonly UnreadPassage[], analyzer: PassageAnalyzer) {
  const all: (PassageTerms & { readonly id: string })[] = []
  for (let from = 0; from < passages.length; from += BATCH) {
    const batch = passages.slice(from, from + BATCH)
    const terms = await analyzer.analyze(batch.map(({ headings, text }) => ({ headings, text })))
    for (const [at, one] of terms.entries()) all.push({ id: batch[at]?.id ?? '', ...one })
  }
  return all
}

async function tidy(store: ReanalysisWorkStore, claim: ReanalysisClaim): Promise<void> {
  if (await store.tidy(claim)) await store.goOn(claim, claim.afterName)
  else await store.tidied(claim)
}

function failureOf(error: unknown): NonNullable<Reanalysis['error']> {
  if (error instanceof DureError) return { code: error.code, message: error.message }
  return {
    code: 'reanalysis.gave-up',
    message:
      'It was interrupted several times with nothing done: begin again, and tell the operator if it happens again',
  }
}

function wordsAreGone(): Error {
  return new Error('The words that terms are to be made with were not kept')
}
