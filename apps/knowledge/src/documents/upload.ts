import { DureError, InvalidInputError } from '@dure/kernel'
import { tooLarge } from './document.ts'

export interface UploadedFile {
  /** What the client calls it: a label, never a path. */
  readonly name: string
  readonly declaredType: string
  readonly bytes: Uint8Array
}

/** A part of a `multipart/form-data` body, as far as an upload needs to know it. */
export type Part =
  | { readonly type: 'field'; readonly fieldname: string }
  | {
      readonly type: 'file'
      readonly fieldname: string
      readonly filename: string
      readonly mimetype: string
      toBuffer(): Promise<Uint8Array>
    }

/**
 * The one file of an upload, in the field `file`.
 *
 * @throws InvalidInputError `document.invalid-upload` when there is anything else
 * @throws TooLargeError `document.too-large`
 */
export async function readUpload(parts: AsyncIterable<Part>): Promise<UploadedFile> {
  let file: UploadedFile | undefined
  try {
    for await (const part of parts) {
      if (part.type !== 'file' || part.fieldname !== 'file' || file) throw invalidUpload()
      file = {
        name: part.filename,
        declaredType: part.mimetype,
        bytes: await part.toBuffer(),
      }
    }
  } catch (error) {
    if (error instanceof DureError) throw error
    // Whatever the parser stumbles over was sent by the client.
    throw isCode(error, 'FST_REQ_FILE_TOO_LARGE') ? tooLarge() : invalidUpload(error)
  }
  if (!file) throw invalidUpload()
  return file
}

function invalidUpload(cause?: unknown): InvalidInputError {
  const error = new InvalidInputError(
    'document.invalid-upload',
    'Send one file in the field `file` of a multipart/form-data body, and nothing else',
    [{ pointer: '#/file', message: 'must be the only part' }],
  )
  error.cause = cause
  return error
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
