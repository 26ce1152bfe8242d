import { DureError, InvalidInputError } from '@dure/kernel'
import { tooLarge } from './document.ts'

export interface UploadedFile {
  /** What the client calls it: a label, never a path. */
  readonly name: string
  readonly declaredType: string
  readonly bytes: Uint8Array
}

/** A file, and what is said about it: JSON in fields of the same form. */
export interface Upload {
  readonly file: UploadedFile
  readonly settings: Readonly<Record<string, unknown>>
}

/** A part of a `multipart/form-data` body, as far as an upload needs to know it. */
export type Part =
  | { readonly type: 'field'; readonly fieldname: string; readonly value: unknown }
  | {
      readonly type: 'file'
      readonly fieldname: string
      readonly filename: string
      readonly mimetype: string
      readonly file: PartStream
    }

interface PartStream extends AsyncIterable<Uint8Array> {
  /** Whether it has more bytes than may be; `limit` is emitted when that is found out. */
  readonly truncated: boolean
  once(event: 'limit', listener: () => void): unknown
  destroy(error: Error): unknown
}

const SETTINGS: readonly string[] = ['access', 'metadata']
/** How many of them there can be. */
export const MAX_SETTINGS = SETTINGS.length

/**
 * The one file of an upload, in the field `file`, and its settings, which are still to be checked.
 *
 * @throws InvalidInputError `document.invalid-upload` when there is anything else
 * @throws TooLargeError `document.too-large`
 */
export async function readUpload(parts: AsyncIterable<Part>, maxBytes: number): Promise<Upload> {
  let file: UploadedFile | undefined
  const settings: Record<string, unknown> = {}
  try {
    for await (const part of parts) {
      if (part.type === 'field') {
        const { fieldname: name } = part
        if (!SETTINGS.includes(name) || name in settings) throw invalidUpload()
        settings[name] = jsonOf(part)
        continue
      }
      if (part.fieldname !== 'file' || file) throw invalidUpload()
      file = {
        name: part.filename,
        declaredType: part.mimetype,
        bytes: await bytesOf(part.file, maxBytes),
      }
    }
  } catch (error) {
    if (error instanceof DureError) throw error
    // Whatever the parser stumbles over was sent by the client.
    throw invalidUpload(error)
  }
  if (!file) throw invalidUpload()
  return { file, settings }
}

/** A part that says that it is JSON is parsed already. */
function jsonOf({ fieldname, value }: Extract<Part, { type: 'field' }>): unknown {
  if (typeof value !== 'string') return value
  try {
    return JSON.parse(value)
  } catch (cause) {
    const error = new InvalidInputError(
      'document.invalid-upload',
      'What is said about a file in the fields of its form is JSON',
      [{ pointer: `#/${fieldname}`, message: 'is not JSON' }],
    )
    error.cause = cause
    throw error
  }
}

/** Ends with the first byte too many: what follows may be long, and nobody needs it. */
async function bytesOf(file: PartStream, maxBytes: number): Promise<Uint8Array> {
  file.once('limit', () => file.destroy(tooLarge(maxBytes)))
  const chunks: Uint8Array[] = []
  try {
    for await (const chunk of file) chunks.push(chunk)
  } catch (error) {
    // Whoever hears of the end first may have another word for it.
    throw file.truncated ? tooLarge(maxBytes) : error
  }
  if (file.truncated) throw tooLarge(maxBytes)
  return Buffer.concat(chunks)
}

function invalidUpload(cause?: unknown): InvalidInputError {
  const error = new InvalidInputError(
    'document.invalid-upload',
    'Send one file in the field `file` of a multipart/form-data body; besides, only fields that are described, once each',
    [{ pointer: '#/file', message: 'must be there once' }],
  )
  error.cause = cause
  return error
}
