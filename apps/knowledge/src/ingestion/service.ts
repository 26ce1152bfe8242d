import { createHash } from 'node:crypto'
import { DureError, UnavailableError } from '@dure/kernel'
import {
  type AnalyzerOfVersion,
  type PassageAnalyzer,
  versionsFor,
} from '../analysis/passage-analyzer.ts'
import type { PassageTerms } from '../analysis/passage-terms.ts'
import { chunkDocument, type Passage } from './chunk.ts'
import { chunkingOf } from './chunking.ts'
import { type Claim, GAVE_UP, MAX_ATTEMPTS, type Outstanding } from './claim.ts'
import type { PassageEmbedder } from './embed.ts'
import type { DocumentReader } from './read-document.ts'
import type { IngestionStore } from './store.ts'

export interface IngestionService {
  /**
   * Makes a document findable. Does nothing when that is done already or in other hands; goes on
   * where an interrupted attempt has stopped.
   *
   * @throws UnavailableError `document.ingestion-interrupted` when the service stops meanwhile
   */
  ingest(outstanding: Outstanding, signal: AbortSignal): Promise<void>
}

/** How often a document is begun again as its base is searched by other terms meanwhile. */
const MAX_ROUNDS = 3
/** Little enough that others get their turn, and that a sign of life comes several times a second. */
const BATCH = 20

export interface IngestionServiceDependencies {
  readonly store: IngestionStore
  readonly analyzerOf: AnalyzerOfVersion
  readonly read: DocumentReader
  readonly embed: PassageEmbedder
}

export function createIngestionService(parts: IngestionServiceDependencies): IngestionService {
  const { store } = parts
  return {
    async ingest(outstanding, signal) {
      const claim = await store.claim(outstanding)
      if (!claim) return
      try {
        await work(parts, claim, signal)
      } catch (error) {
        if (signal.aborted) await store.release(claim)
        else await store.fail(claim, failureOf(error, claim))
        throw error
      }
    },
  }
}

async function work(
  parts: IngestionServiceDependencies,
  claim: Claim,
  signal: AbortSignal,
): Promise<void> {
  const document = await parts.read(claim, signal)
  // Deleted, replaced, or taken over: whoever has it now does the rest.
  if (!document) return
  const passages = chunkDocument(document, chunkingOf(claim.chunking))
  for (let round = 1; ; round++) {
    const wanted = versionsFor(await parts.store.analyzers(claim))
    const analyzers = await Promise.all(
      wanted.map((version) => parts.analyzerOf(claim.tenant, version)),
    )
    const stage = { claim, passages, text: document.text, analyzers, signal }
    if (!(await stageAll(parts.store, stage))) return
    const isLast = round === MAX_ROUNDS
    if ((await publish(parts, { ...stage, isLast })) === 'done') return
  }
}

interface Stage {
  readonly claim: Claim
  readonly passages: readonly Passage[]
  /** Of the document. */
  readonly text: string
  /** The terms of the first one are those of the passages; those of another one are beside them. */
  readonly analyzers: readonly PassageAnalyzer[]
  readonly signal: AbortSignal
}

/** @returns whether the claim holds */
async function stageAll(
  store: IngestionStore,
  { claim, passages, text, analyzers, signal }: Stage,
): Promise<boolean> {
  const [analyzer, nextAnalyzer] = analyzers
  if (analyzer === undefined) return false
  let done = await store.staged(claim, analyzer.version, passages.length)
  while (done < passages.length) {
    if (signal.aborted) {
      throw new UnavailableError('document.ingestion-interrupted', 'The service is stopping')
    }
    const batch = passages.slice(done, done + BATCH)
    const terms = await analyzer.analyze(batch)
    const nextTerms = await nextAnalyzer?.analyze(batch)
    const analyzed = batch.map((passage, at) => ({
      ...passage,
      id: passageId(passage, claim, analyzer.version),
      ...largerOf(passage, text),
      ...(terms[at] as PassageTerms),
      ...(nextTerms && { next: nextTerms[at] as PassageTerms }),
    }))
    const { version } = analyzer
    if (!(await store.stage(claim, analyzed, { version, next: nextAnalyzer?.version })))
      return false
    done += batch.length
  }
  return true
}

/** @returns `other-terms`: its passages need those of another analyzer */
async function publish(
  { store, embed }: IngestionServiceDependencies,
  { claim, passages, analyzers, signal, isLast }: Stage & { readonly isLast: boolean },
): Promise<'done' | 'other-terms'> {
  const versions = analyzers.map(({ version }) => version)
  const publication = { passageCount: passages.length, versions, isLast }
  for (;;) {
    const { holds, build, failure } = await embed(claim, signal)
    if (!holds) return 'done'
    const published = await store.publish(claim, { ...publication, build, failure })
    if (published === 'other-terms') return published
    if (published !== 'outdated') return 'done'
  }
}

/** Kept once, with the first of its passages. */
function largerOf({ ordinal, start, parent }: Passage, text: string) {
  if (parent === undefined) return {}
  const parentOrdinal = parent.ordinal
  if (ordinal !== parent.ordinal) return { parentOrdinal }
  return { parentOrdinal, parentEnd: parent.end, parentText: text.slice(start, parent.end) }
}

/** The same for the same passage of the same version, so that a repeated attempt adds nothing. */
function passageId({ ordinal, text }: Passage, claim: Claim, analyzerVersion: string): string {
  const digest = createHash('sha256')
    .update(`${claim.documentId}\n${claim.version}\n${ordinal}\n${analyzerVersion}\n`)
    .update(text)
    .digest('hex')
  return `chk_${digest.slice(0, 32)}`
}

/** A rule that said no will say no again; anything else is tried as often as is allowed. */
function failureOf(error: unknown, { attempt }: Claim) {
  if (error instanceof DureError && !error.transient) {
    return { code: error.code, message: error.message }
  }
  return attempt >= MAX_ATTEMPTS ? GAVE_UP : undefined
}
