import { extensionOf, formatOf } from '../documents/file-format.ts'
import { signatureOf } from '../parsing/signature.ts'

/** Says that it is bytes, or text of some kind: the name in the address may say more. */
const VAGUE = new Set([
  '',
  'application/octet-stream',
  'binary/octet-stream',
  'application/zip',
  'text/plain',
])

/**
 * The media type of an answer: as it is declared, unless that says little and the address ends with the name of a file;
 * and PDF where the content is one, since servers send those as anything.
 */
export function typeOfAnswer({ headers, url, body }: Answer): string {
  if (signatureOf(body) === 'pdf') return 'application/pdf'
  const declared = (headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? ''
  const named = formatOf(extensionOf(lastOf(new URL(url).pathname)), '')?.mediaType
  return VAGUE.has(declared) ? (named ?? declared) : declared
}

interface Answer {
  readonly headers: Readonly<Record<string, string>>
  /** What answered, after redirects. */
  readonly url: string
  readonly body: Uint8Array
}

function lastOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}
