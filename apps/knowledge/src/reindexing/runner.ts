import { DureError, UnavailableError } from '@dure/kernel'
import { bytesOf, quantise } from '@dure/retrieval'
import { nextTryInS } from '../embeddings/retry.ts'
import type { EmbeddingService } from '../embeddings/service.ts'
import { textOf } from '../ingestion/embed.ts'
import type { Reindexing } from './reindexing.ts'
import type {
  ReindexClaim,
  ReindexWorkStore,
  ShelvedDocument,
  UnmadePassage,
} from './work-store.ts'

export interface ReindexRunnerDependencies {
  readonly store: ReindexWorkStore
  /** Absent: no provider is configured. */
  readonly embeddings: EmbeddingService | undefined
  /** As many as the model has, when it is absent. */
  readonly dimensions: number | undefined
}

/** After so many attempts without a single new vector it is given up, unless what is in the way may pass. */
const MAX_FAILURES = 5
/** Between two attempts, at the least. */
const REST_S = 5
const SIGN_OF_LIFE_MS = 2000
const NONE = new Uint8Array()

/**
 * Makes what is still to be made of a base, or removes what is not in use. Any number of attempts may be interrupted: what they
 * have made is there.
 */
export async function work(
  parts: ReindexRunnerDependencies,
  claim: ReindexClaim,
  signal: AbortSignal,
): Promise<void> {
  const life = keepAlive(parts.store, claim)
  const both = AbortSignal.any([signal, life.signal])
  try {
    if (claim.status === 'running') await makeAll(parts, claim, both)
    else await cleanAll(parts.store, claim, both)
  } catch (error) {
    if (both.aborted) return
    const failure = failureOf(error)
    const isHopeless = error instanceof DureError && !error.transient
    // What may pass is waited for, however long that takes: all that was made is there.
    const patience = { attempts: claim.failures - 1, firstS: REST_S }
    const nextInS = nextTryInS(failure.code, patience)
    const isOver = nextInS === undefined && (isHopeless || claim.failures >= MAX_FAILURES)
    const isFinal = claim.status === 'running' && isOver
    await parts.store.fail(claim, failure, { isFinal, nextInS: nextInS ?? REST_S })
    if (failure.code === GAVE_UP.code) throw error
  } finally {
    life.end()
  }
}

/** Over all passages, until none lacks a vector, and none that has come since does. */
async function makeAll(
  parts: ReindexRunnerDependencies,
  claim: ReindexClaim,
  signal: AbortSignal,
): Promise<void> {
  const { store } = parts
  for (;;) {
    const since = await store.now()
    for await (const documents of documentsOf(store, claim, signal)) {
      if (!(await make(parts, claim, { documents, signal }))) return
    }
    if ((await store.switch(claim, since)) !== 'again') return
  }
}

/** All documents of a base, a few at a time. */
async function* documentsOf(store: ReindexWorkStore, claim: ReindexClaim, signal: AbortSignal) {
  for (let after = ''; ; ) {
    signal.throwIfAborted()
    const documents = await store.documents(claim, after)
    const last = documents.at(-1)
    if (last === undefined) return
    yield documents
    after = last.id
  }
}

/** @returns whether the claim holds */
async function make(
  { store, embeddings, dimensions }: ReindexRunnerDependencies,
  claim: ReindexClaim,
  {
    documents,
    signal,
  }: { readonly documents: readonly ShelvedDocument[]; readonly signal: AbortSignal },
): Promise<boolean> {
  const model = { model: claim.embeddingModel, dimensions }
  for (let after = { documentId: '', ordinal: -1 }; ; ) {
    const passages = await store.unmade(claim, documents, after)
    const last = passages.at(-1)
    if (last === undefined) return true
    if (embeddings === undefined) throw notConfigured()
    const vectors = await embeddings.ofPassages(claim.tenant, model, passages.map(textOf), signal)
    const length = vectors[0]?.length ?? 0
    const agreed = await store.agreeOnDimensions(claim, length)
    if (vectors.some((vector) => vector.length !== agreed)) throw otherDimensions(length, agreed)
    if (!(await store.add(claim, bytesByPassage(passages, vectors)))) return false
    after = last
  }
}

/** One of zeros has no direction: its passage is as if it had none. */
function bytesByPassage(passages: readonly UnmadePassage[], vectors: readonly Float32Array[]) {
  return new Map(
    passages.map(({ id }, at) => {
      const vector = quantise(vectors[at] ?? [])
      return [id, vector ? bytesOf(vector) : NONE] as const
    }),
  )
}

async function cleanAll(
  store: ReindexWorkStore,
  claim: ReindexClaim,
  signal: AbortSignal,
): Promise<void> {
  for await (const documents of documentsOf(store, claim, signal)) {
    if (!(await store.clean(claim, documents))) return
  }
  await store.cleaned(claim)
}

const GAVE_UP = {
  code: 'reindex.gave-up',
  message:
    'It was interrupted several times without a new vector: begin again, and tell the operator if it happens again',
}

function failureOf(error: unknown): NonNullable<Reindexing['error']> {
  if (!(error instanceof DureError)) return GAVE_UP
  return { code: error.code, message: error.message }
}

function notConfigured(): DureError {
  return new UnavailableError(
    'embedding.not-configured',
    'No provider of embeddings is configured any more: the operator sets EMBEDDING_BASE_URL',
  )
}

function otherDimensions(actual: number, agreed: number): DureError {
  return new UnavailableError(
    'embedding.other-dimensions',
    `The model makes vectors of ${actual} numbers now, and those made before have ${agreed}`,
  )
}

/** Says that we are alive while a provider lets us wait. The signal is for when nobody should go on. */
function keepAlive(store: ReindexWorkStore, claim: ReindexClaim) {
  const lost = new AbortController()
  const timer = setInterval(() => {
    store.touch(claim).then(
      (holds) => holds || lost.abort(),
      // A sign that fails is made up for by the next one; without any, somebody else takes over.
      () => undefined,
    )
  }, SIGN_OF_LIFE_MS)
  return { signal: lost.signal, end: () => clearInterval(timer) }
}
