import { namedAs } from '../documents/file-format.ts'
import type { ParsedDocument } from '../parsing/parsed.ts'
import { parsedText } from '../parsing/parsed-text.ts'
import { documentOf, outlineOf } from '../parsing/process/outline.ts'
import type { ParserPool } from '../parsing/process/parser-pool.ts'
import type { Claim } from './claim.ts'
import type { IngestionStore } from './store.ts'

/**
 * The text of a document with its pieces. A file is parsed once: what becomes of it is kept.
 *
 * @returns undefined when the claim is lost meanwhile: whoever has it now does the rest
 * @throws InvalidInputError with the code of a ParseError when nothing can be made of the file
 * @throws UnavailableError `document.ingestion-interrupted`
 */
export type DocumentReader = (
  claim: Claim,
  signal: AbortSignal,
) => Promise<ParsedDocument | undefined>

export interface DocumentReaderDependencies {
  readonly store: Pick<IngestionStore, 'touch' | 'keep' | 'parsedBefore'>
  readonly parsers: Pick<ParserPool, 'parse'>
}

/** Whoever shows no sign of life for ten seconds is taken to be gone. */
const SIGN_OF_LIFE_MS = 2000

export function createDocumentReader(dependencies: DocumentReaderDependencies): DocumentReader {
  return async (claim, signal) => {
    const { text, outline, mediaType, parseAnew } = claim
    if (text === null) {
      const adopted = parseAnew ? undefined : await adopt(dependencies, claim)
      return adopted ?? parse(dependencies, claim, signal)
    }
    if (outline !== null) return documentOf(text, outline)
    return parsedText(text, mediaType === 'text/markdown' ? mediaType : 'text/plain')
  }
}

/** The same file is parsed once, however many names it has. @returns undefined when it is the first */
async function adopt({ store }: DocumentReaderDependencies, claim: Claim) {
  const before = await store.parsedBefore(claim)
  const isMine = before !== undefined && (await store.keep(claim, before))
  return isMine ? documentOf(before.text, before.outline) : undefined
}

async function parse(
  { store, parsers }: DocumentReaderDependencies,
  claim: Claim,
  signal: AbortSignal,
): Promise<ParsedDocument | undefined> {
  const lost = new AbortController()
  const signs = setInterval(() => {
    // A sign that fails is made up for by the next one; without any, somebody else takes over.
    store.touch(claim).then(
      (holds) => holds || lost.abort(),
      () => undefined,
    )
  }, SIGN_OF_LIFE_MS)
  try {
    // The address of a page need not end as its type does.
    const name = namedAs(claim.name, claim.mediaType)
    const file = { name, bytes: claim.original ?? new Uint8Array() }
    const parsed = await parsers.parse(file, AbortSignal.any([signal, lost.signal]))
    const holds = await store.keep(claim, { text: parsed.text, outline: outlineOf(parsed) })
    return holds ? parsed : undefined
  } catch (error) {
    if (lost.signal.aborted && !signal.aborted) return undefined
    throw error
  } finally {
    clearInterval(signs)
  }
}
