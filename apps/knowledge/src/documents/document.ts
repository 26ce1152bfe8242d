import type { DocumentId, KnowledgeBaseId } from '@dure/contracts'
import {
  InvalidInputError,
  NotFoundError,
  TooLargeError,
  UnsupportedMediaTypeError,
} from '@dure/kernel'
import { LABEL } from '../label.ts'

export const MEDIA_TYPES = ['text/plain', 'text/markdown'] as const
export type MediaType = (typeof MEDIA_TYPES)[number]

export const STATUSES = ['queued', 'ingesting', 'ready', 'failed'] as const

export interface Document {
  readonly id: DocumentId
  readonly knowledgeBaseId: KnowledgeBaseId
  readonly name: string
  readonly mediaType: MediaType
  readonly sizeBytes: number
  readonly status: (typeof STATUSES)[number]
  readonly error: { readonly code: string; readonly message: string } | undefined
  /** Of the content, from 1. */
  readonly version: number
  /** The version whose passages can be found; 0 before the first is ready. */
  readonly publishedVersion: number
  readonly chunkCount: number
  /** Passages of the published version that have a vector. */
  readonly vectorCount: number
  /** Why the others have none. */
  readonly embeddingError: { readonly code: string; readonly message: string } | undefined
  readonly createdAt: Date
  readonly updatedAt: Date
}

/** What a document is made of, checked: well-formed text of a known type under a usable name. */
export interface Content {
  readonly name: string
  readonly mediaType: MediaType
  readonly text: string
  /** Of the text in UTF-8. */
  readonly sizeBytes: number
}

/** 10 MiB, of the text in UTF-8. */
export const MAX_DOCUMENT_BYTES = 10 * 1024 * 1024
export const MAX_NAME_LENGTH = 255

const EXTENSIONS: Readonly<Record<string, MediaType>> = {
  txt: 'text/plain',
  md: 'text/markdown',
  markdown: 'text/markdown',
}

/** What programs say of a text file, which is often that they know nothing. */
const DECLARED_FOR_TEXT = new Set([
  ...MEDIA_TYPES,
  'text/x-markdown',
  'application/octet-stream',
] as string[])

/**
 * Checks an uploaded file. Its name decides what it is; a declared type of another kind is refused.
 *
 * @throws UnsupportedMediaTypeError `document.unsupported-media-type`
 * @throws InvalidInputError `document.invalid-name`, `document.not-utf8`, `document.not-text`, `document.empty`
 * @throws TooLargeError `document.too-large`
 */
export function contentOfFile(file: {
  readonly name: string
  readonly declaredType: string
  readonly bytes: Uint8Array
}): Content {
  const name = nameOf(file.name)
  const mediaType = typeByExtension(name)
  if (!mediaType || !DECLARED_FOR_TEXT.has(essenceOf(file.declaredType)))
    throw unsupportedMediaType()
  if (file.bytes.byteLength > MAX_DOCUMENT_BYTES) throw tooLarge()
  return { name, mediaType, ...checkedText(decode(file.bytes)) }
}

/**
 * Checks a text that was sent as JSON. Without a declared type, the extension of its name decides,
 * and plain text is the rest.
 *
 * @throws as `contentOfFile`
 */
export function contentOfText(input: {
  readonly name: string
  readonly text: string
  readonly mediaType?: string
}): Content {
  const name = nameOf(input.name)
  const declared = input.mediaType === undefined ? undefined : essenceOf(input.mediaType)
  const mediaType =
    declared === undefined
      ? (typeByExtension(name) ?? 'text/plain')
      : MEDIA_TYPES.find((type) => type === declared)
  if (!mediaType) throw unsupportedMediaType()
  return { name, mediaType, ...checkedText(input.text) }
}

export function documentNotFound(): NotFoundError {
  return new NotFoundError('document.not-found', 'There is no such document')
}

export function tooLarge(): TooLargeError {
  return new TooLargeError(
    'document.too-large',
    `A document may have at most ${MAX_DOCUMENT_BYTES} bytes; split it into several documents`,
    { maxBytes: MAX_DOCUMENT_BYTES },
  )
}

/** One name is one document, whichever system spelled it: some decompose Korean syllables. */
function nameOf(given: string): string {
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

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (cause) {
    if (cause instanceof TypeError) throw notUtf8()
    throw cause
  }
}

function checkedText(text: string): Pick<Content, 'text' | 'sizeBytes'> {
  if (!text.isWellFormed()) throw notUtf8()
  if (text.includes('\0')) {
    throw new InvalidInputError('document.not-text', 'The content holds a NUL: it is not text')
  }
  if (text.trim() === '') {
    throw new InvalidInputError('document.empty', 'The document has no text')
  }
  const sizeBytes = new TextEncoder().encode(text).byteLength
  if (sizeBytes > MAX_DOCUMENT_BYTES) throw tooLarge()
  return { text, sizeBytes }
}

function typeByExtension(name: string): MediaType | undefined {
  const dot = name.lastIndexOf('.')
  const extension = name.slice(dot + 1).toLowerCase()
  return dot > 0 && Object.hasOwn(EXTENSIONS, extension) ? EXTENSIONS[extension] : undefined
}

/** `Text/Markdown; charset=utf-8` is `text/markdown`. */
function essenceOf(mediaType: string): string {
  return (mediaType.split(';', 1)[0] ?? '').trim().toLowerCase()
}

function notUtf8(): InvalidInputError {
  return new InvalidInputError('document.not-utf8', 'The content is not UTF-8: convert it first')
}

export function unsupportedMediaType(): UnsupportedMediaTypeError {
  return new UnsupportedMediaTypeError(
    'document.unsupported-media-type',
    'Send plain text (.txt) or Markdown (.md, .markdown)',
    { supported: MEDIA_TYPES },
  )
}
