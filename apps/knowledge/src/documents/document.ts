import type { DocumentId, KnowledgeBaseId } from '@dure/contracts'
import {
  ConflictError,
  InvalidInputError,
  NotFoundError,
  TooLargeError,
  UnsupportedMediaTypeError,
} from '@dure/kernel'
import { LABEL } from '../label.ts'
import type { Warning } from '../parsing/parsed.ts'
import type { DocumentSource } from '../sources/source.ts'
import { extensionOf, FILE_FORMATS, formatOf } from './file-format.ts'
import type { Metadata } from './metadata.ts'
import type { Progress } from './progress.ts'

/** What can be sent as JSON, and a file that is kept to the character. */
const TEXT_TYPES = ['text/plain', 'text/markdown'] as const

export const STATUSES = ['queued', 'ingesting', 'ready', 'failed'] as const

export interface LackingVectors {
  readonly code: string
  readonly message: string
  /** How often they were asked for again since. */
  readonly attempts: number
  /** When they are asked for again; undefined: not before something has changed. */
  readonly nextAt: Date | undefined
}

export interface Document {
  readonly id: DocumentId
  readonly knowledgeBaseId: KnowledgeBaseId
  readonly name: string
  /** What it was said to be when it was sent. */
  readonly mediaType: string
  readonly sizeBytes: number
  readonly status: (typeof STATUSES)[number]
  /** Of the newest version; absent: nobody is at it. */
  readonly progress: Progress | undefined
  readonly error: { readonly code: string; readonly message: string } | undefined
  /** Of the content, from 1. */
  readonly version: number
  /** The version whose passages can be found; 0 before the first is ready. */
  readonly publishedVersion: number
  readonly chunkCount: number
  /** Of the published version: what could not be read. */
  readonly warnings: readonly Warning[]
  /** Who may see it: `everybody`, or principals. */
  readonly access: readonly string[]
  /** What is said of it, for filters. */
  readonly metadata: Metadata
  /** Passages of the published version that have a vector. */
  readonly vectorCount: number
  /** Why the others have none. */
  readonly embeddingError: LackingVectors | undefined
  /** Absent: it was sent itself. */
  readonly source: DocumentSource | undefined
  readonly createdAt: Date
  readonly updatedAt: Date
}

/** What a document is made of, under a usable name: a well-formed text, or a file to be parsed. */
export type Content = {
  readonly name: string
  readonly mediaType: string
  /** Of the file, or of the text in UTF-8. */
  readonly sizeBytes: number
} & ({ readonly text: string } | { readonly bytes: Uint8Array })

export const MAX_NAME_LENGTH = 255

/**
 * Checks an uploaded file as far as that is cheap: what it is made of is found out when it is parsed.
 * Plain text and Markdown in UTF-8 need no parser.
 *
 * @throws UnsupportedMediaTypeError `document.unsupported-media-type`
 * @throws InvalidInputError `document.invalid-name`, `document.not-text`, `document.empty`
 * @throws TooLargeError `document.too-large`
 */
export function contentOfFile(
  file: { readonly name: string; readonly declaredType: string; readonly bytes: Uint8Array },
  maxBytes: number,
): Content {
  const name = nameOf(file.name)
  const format = formatOf(extensionOf(name), essenceOf(file.declaredType))
  if (!format) throw unsupportedMediaType()
  const sizeBytes = file.bytes.byteLength
  if (sizeBytes > maxBytes) throw tooLarge(maxBytes)
  if (sizeBytes === 0) throw empty()
  const { mediaType } = format
  const text = isTextType(mediaType) ? decode(file.bytes) : undefined
  if (text !== undefined) return { name, mediaType, ...checkedText(text, maxBytes) }
  return { name, mediaType, sizeBytes, bytes: file.bytes }
}

/**
 * Checks a text that was sent as JSON. Without a declared type, the extension of its name decides,
 * and plain text is the rest.
 *
 * @throws as `contentOfFile`
 */
export function contentOfText(
  input: { readonly name: string; readonly text: string; readonly mediaType?: string },
  maxBytes: number,
): Content {
  const name = nameOf(input.name)
  const declared = input.mediaType === undefined ? undefined : essenceOf(input.mediaType)
  const mediaType = declared ?? (isMarkdownName(name) ? 'text/markdown' : 'text/plain')
  if (!isTextType(mediaType)) throw unsupportedMediaType()
  return { name, mediaType, ...checkedText(input.text, maxBytes) }
}

export function documentNotFound(): NotFoundError {
  return new NotFoundError('document.not-found', 'There is no such document')
}

/** That there is one is said, and nothing else: two documents cannot have one name. */
export function nameTaken(): ConflictError {
  return new ConflictError(
    'document.name-taken',
    'The document of this name has another `access`, or is not for you to see: change its access with PUT, or choose another name',
  )
}

export function alreadyProcessing(): ConflictError {
  return new ConflictError(
    'document.already-processing',
    'It is being processed: wait until it is `ready` or has `failed`',
  )
}

/** @param maxBytes of the file, or of the text in UTF-8 */
export function tooLarge(maxBytes: number): TooLargeError {
  return new TooLargeError(
    'document.too-large',
    `A document may have at most ${maxBytes} bytes: split it into several, or the operator raises MAX_DOCUMENT_MB`,
    { maxBytes },
  )
}

/**
 * One name is one document, whichever system spelled it: some decompose Korean syllables.
 *
 * @throws InvalidInputError `document.invalid-name`
 */
export function nameOf(given: string): string {
  const name = given.normalize('NFC').trim()
  if (name.length > MAX_NAME_LENGTH || !LABEL.test(name)) {
    throw new InvalidInputError(
      'document.invalid-name',
      `Give the document a name of 1 to ${MAX_NAME_LENGTH} characters, without control characters`,
      [{ pointer: '#/name', message: 'is not a usable name' }],
    )
  }
  return name
}

/** @returns undefined when it is not in UTF-8 */
function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (cause) {
    if (cause instanceof TypeError) return undefined
    throw cause
  }
}

function checkedText(
  text: string,
  maxBytes: number,
): { readonly text: string; readonly sizeBytes: number } {
  if (!text.isWellFormed()) throw notUtf8()
  if (text.includes('\0')) {
    throw new InvalidInputError('document.not-text', 'The content holds a NUL: it is not text')
  }
  if (text.trim() === '') throw empty()
  const sizeBytes = new TextEncoder().encode(text).byteLength
  if (sizeBytes > maxBytes) throw tooLarge(maxBytes)
  return { text, sizeBytes }
}

function isTextType(mediaType: string): boolean {
  return TEXT_TYPES.some((type) => type === mediaType)
}

function isMarkdownName(name: string): boolean {
  return formatOf(extensionOf(name), '')?.mediaType === 'text/markdown'
}

/** `Text/Markdown; charset=utf-8` is `text/markdown`. */
function essenceOf(mediaType: string): string {
  return (mediaType.split(';', 1)[0] ?? '').trim().toLowerCase()
}

function empty(): InvalidInputError {
  return new InvalidInputError('document.empty', 'The document has no text')
}

function notUtf8(): InvalidInputError {
  return new InvalidInputError(
    'document.not-utf8',
    'The content is not well-formed Unicode: convert it first',
  )
}

const SUPPORTED = FILE_FORMATS.flatMap(({ extensions }) => extensions.map((name) => `.${name}`))

export function unsupportedMediaType(): UnsupportedMediaTypeError {
  return new UnsupportedMediaTypeError(
    'document.unsupported-media-type',
    `Send a file of a known kind (${SUPPORTED.join(', ')}), declared as such or not at all; as JSON, plain text or Markdown`,
    { supported: FILE_FORMATS.map(({ mediaType }) => mediaType) },
  )
}
