import type { HttpResponse } from '@dure/contracts'

export interface RawResponse {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

/** Parsed when it says that it is JSON and is; otherwise its text. */
export function responseOf({ status, headers, body }: RawResponse): HttpResponse {
  const type = headers['content-type'] ?? ''
  const text = decoderFor(type).decode(body)
  return { status, headers: { ...headers }, body: isJson(type) ? parsed(text) : text }
}

/** RFC 9110, 8.3.2. Korean sites still answer in EUC-KR; what nobody knows is read as UTF-8. */
export function decoderFor(contentType: string): { decode(bytes: Uint8Array): string } {
  const charset = /charset\s*=\s*"?([^\s;"]+)/i.exec(contentType)?.[1]
  try {
    return new TextDecoder(charset)
  } catch (error) {
    if (error instanceof RangeError) return new TextDecoder()
    throw error
  }
}

function isJson(contentType: string): boolean {
  return /^\s*application\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i.test(contentType)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // It was announced as JSON and is none: whoever built the workflow may still use the text.
    return text
  }
}
