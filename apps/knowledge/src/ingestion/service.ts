import { createHash } from 'node:crypto'
import { DureError, UnavailableError } from '@dure/kernel'
import type { AnalyzerOfProject } from '../analysis/passage-analyzer.ts'
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

/** Little enough that others get their turn, and that a sign of life comes several times a second. */
const BATCH = 20

export interface IngestionServiceDependencies {
  readonly store: IngestionStore
  readonly analyzerOf: AnalyzerOfProject
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
  { store, read, embed, ...parts }: IngestionServiceDependencies,
  claim: Claim,
  signal: AbortSignal,
): Promise<void> {
  const document = await read(claim, signal)
  // Deleted, replaced, or taken over: whoever has it now does the rest.
  if (!document) return
  const analyzer = await parts.analyzerOf(claim.tenant)
  const passages = chunkDocument(document, chunkingOf(claim.chunking))
  let done = await store.staged(claim, analyzer.version, passages.length)
  while (done < passages.length) {
    if (signal.aborted) {
      throw new UnavailableError('document.ingestion-interrupted', 'The service is stopping')
    }
    const batch = passages.slice(done, done + BATCH)
    const terms = await analyzer.analyze(batch)
    const analyzed = batch.map((passage, at) => ({
      ...passage,
      id: passageId(passage, claim, analyzer.version),
      ...largerOf(passage, document.text),
      ...(terms[at] as PassageTerms),
    }))
    const holds = await store.stage(claim, analyzed, analyzer.version)
    if (!holds) return
    done += batch.length
  }
  for (;;) {
    const { holds, build, failure } = await embed(claim, signal)
    if (!holds) return
    const published = await store.publish(claim, { passageCount: passages.length, build, failure })
    if (published !== 'outdated') return
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
