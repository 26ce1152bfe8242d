import { DureError, UnavailableError } from '@dure/kernel'
import { bytesOf, quantise } from '@dure/retrieval'
import { dimensionsToMeet } from '../embeddings/cache-store.ts'
import type { EmbeddingService } from '../embeddings/service.ts'
import { isAboutMoney } from '../money/money.ts'
import type { Failure, VersionClaim } from './claim.ts'
import type { EmbeddingStore, PlainPassage, VectorBuild } from './embedding-store.ts'

/** Gives the passages of a version of a document their vectors. */
export type PassageEmbedder = (claim: VersionClaim, signal: AbortSignal) => Promise<EmbedOutcome>

export interface EmbedOutcome {
  /** Whether the claim holds: else whoever has it now does the rest. */
  readonly holds: boolean
  /** The vectors that the base was searched by when it was begun. */
  readonly build: string
  /** Why passages are without a vector; they are found by their words all the same. */
  readonly failure?: Failure
}

interface Claims {
  /** A sign of life. @returns whether the claim holds */
  touch(claim: VersionClaim): Promise<boolean>
}

export interface PassageEmbedderDependencies {
  readonly claims: Claims
  readonly store: EmbeddingStore
  /** Absent: no provider is configured. */
  readonly embeddings: EmbeddingService | undefined
  /** As many as the model has, when it is absent. */
  readonly dimensions: number | undefined
}

/** Passages between two statements. The provider gets them in batches of its own. */
const PAGE = 256
/** A fifth of the time after which somebody who is silent is taken to be gone. */
const SIGN_OF_LIFE_MS = 2000

export function createPassageEmbedder(parts: PassageEmbedderDependencies): PassageEmbedder {
  return async (claim, signal) => {
    const [inUse, next] = await parts.store.builds(claim)
    if (inUse === undefined) return { holds: false, build: '' }
    const { build } = inUse
    const done = await embedFor(parts, { claim, build: inUse, signal })
    if (!done.holds || next === undefined) return { ...done, build }
    // Whoever makes the next ones makes those that fail here, or the next ones fail.
    const { holds } = await embedFor(parts, { claim, build: next, signal })
    return { ...done, holds, build }
  }
}

interface Work {
  readonly claim: VersionClaim
  readonly build: VectorBuild
  readonly signal: AbortSignal
}

async function embedFor(
  parts: PassageEmbedderDependencies,
  { claim, build, signal }: Work,
): Promise<Omit<EmbedOutcome, 'build'>> {
  if (build.model === null) return { holds: true }
  if (parts.embeddings === undefined) return { holds: true, failure: NOT_CONFIGURED }
  const life = keepAlive(parts.claims, claim)
  try {
    const both = AbortSignal.any([signal, life.signal])
    const embed = embedderOf(parts, { claim, build, signal: both })
    return { holds: await embedAll(parts.store, { claim, build }, embed) }
  } catch (error) {
    signal.throwIfAborted()
    if (life.signal.reason instanceof ClaimLostError) return { holds: false }
    life.signal.throwIfAborted()
    return { holds: true, failure: failureOf(error) }
  } finally {
    life.end()
  }
}

const NOT_CONFIGURED: Failure = {
  code: 'embedding.not-configured',
  message: 'No provider of embeddings is configured any more: the operator sets EMBEDDING_BASE_URL',
}

type Embed = (texts: readonly string[]) => Promise<Float32Array[]>

function embedderOf(
  { embeddings, dimensions }: PassageEmbedderDependencies,
  { claim: { tenant }, build, signal }: Work,
): Embed {
  const wanted = build.isNext ? dimensions : dimensionsToMeet(dimensions, build.dimensions)
  const model = { model: build.model ?? '', dimensions: wanted }
  return async (texts) => (await embeddings?.ofPassages(tenant, model, texts, signal)) ?? []
}

async function embedAll(
  store: EmbeddingStore,
  { claim, build }: Omit<Work, 'signal'>,
  embed: Embed,
): Promise<boolean> {
  for (let ordinal = 0; ; ) {
    const passages = await store.withoutVectors(claim, { build: build.build, ordinal, limit: PAGE })
    const last = passages.at(-1)
    if (last === undefined) return true
    const vectors = await embed(passages.map(textOf))
    const dimensions = vectors[0]?.length ?? 0
    const agreed = build.dimensions ?? (await store.agreeOnDimensions(claim, build, dimensions))
    if (vectors.some(({ length }) => length !== agreed)) throw otherDimensions(dimensions, agreed)
    if (!(await store.addVectors(claim, build.build, quantised(passages, vectors)))) return false
    ordinal = last.ordinal + 1
  }
}

/** What a passage is about often stands above it. */
export function textOf({ headings, text }: Pick<PlainPassage, 'headings' | 'text'>): string {
  return headings.length === 0 ? text : `${headings.join(' > ')}\n${text}`
}

/** A vector of zeros has no direction: its passage is as if it had none. */
function quantised(passages: readonly PlainPassage[], vectors: readonly Float32Array[]) {
  return new Map(
    passages.flatMap(({ id }, at) => {
      const vector = quantise(vectors[at] ?? [])
      return vector ? [[id, bytesOf(vector)] as const] : []
    }),
  )
}

/** A failure of ours is no failure of the provider: it ends the attempt, and another one begins. */
function failureOf(error: unknown): Failure {
  if (isAboutMoney(error)) return { code: error.code, message: error.message }
  if (!(error instanceof DureError) || !error.code.startsWith('embedding.')) throw error
  return { code: error.code, message: error.message }
}

function otherDimensions(actual: number, agreed: number): DureError {
  return new UnavailableError(
    'embedding.other-dimensions',
    `The model makes vectors of ${actual} numbers now, and those of this knowledge base have ${agreed}`,
  )
}

class ClaimLostError extends Error {}

/** Says that we are alive while a provider lets us wait. The signal is for when nobody should go on. */
function keepAlive(claims: Claims, claim: VersionClaim) {
  const lost = new AbortController()
  const timer = setInterval(() => {
    claims.touch(claim).then(
      (holds) => holds || lost.abort(new ClaimLostError()),
      (error: unknown) => lost.abort(error),
    )
  }, SIGN_OF_LIFE_MS)
  return { signal: lost.signal, end: () => clearInterval(timer) }
}
