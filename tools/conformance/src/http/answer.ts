export interface Answer {
  readonly status: number
  /** By name in small letters; the values of one name joined by `, `. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
  /** Bytes after the end of the answer: a sign that it was split into two. */
  readonly surplus: number
  /** Whether the server takes another request on the connection. */
  readonly isReusable: boolean
}

export interface Reading {
  readonly method: string
  /** Whether no byte comes any more. */
  readonly isEnd: boolean
}

/** The answer in these bytes, or undefined while some of it is still missing (RFC 9112, section 6.3). */
export function parseAnswer(bytes: Buffer, reading: Reading): Answer | undefined {
  const headEnd = bytes.indexOf('\r\n\r\n')
  if (headEnd < 0) return undefined
  const { status, headers } = parseHead(bytes.toString('latin1', 0, headEnd))
  const rest = bytes.subarray(headEnd + 4)
  if (status >= 100 && status < 200) return parseAnswer(rest, reading)
  const body = bodyIn(rest, { status, headers, ...reading })
  if (!body) return undefined
  const surplus = rest.length - body.bytes
  const isReusable = body.isDelimited && surplus === 0 && !/close/i.test(headers.connection ?? '')
  return { status, headers, body: body.content, surplus, isReusable }
}

/** The beginning of an answer whose head is complete. */
export function parseBeginning(bytes: Buffer): Answer | undefined {
  const headEnd = bytes.indexOf('\r\n\r\n')
  if (headEnd < 0) return undefined
  const head = parseHead(bytes.toString('latin1', 0, headEnd))
  const rest = bytes.subarray(headEnd + 4)
  const isChunked = /chunked/i.test(head.headers['transfer-encoding'] ?? '')
  const body = isChunked ? readChunks(rest).content : rest
  return { ...head, body, surplus: 0, isReusable: false }
}

function parseHead(text: string): Pick<Answer, 'status' | 'headers'> {
  const [first = '', ...lines] = text.split('\r\n')
  const headers: Record<string, string> = {}
  for (const line of lines) {
    const colon = line.indexOf(':')
    const name = line.slice(0, colon).toLowerCase()
    const value = line.slice(colon + 1).trim()
    headers[name] = name in headers ? `${headers[name]}, ${value}` : value
  }
  return { status: Number(first.split(' ')[1]), headers }
}

interface Body {
  readonly content: Buffer
  /** How many bytes it took on the wire. */
  readonly bytes: number
  readonly isDelimited: boolean
}

function bodyIn(
  rest: Buffer,
  { status, headers, method, isEnd }: Pick<Answer, 'status' | 'headers'> & Reading,
): Body | undefined {
  const isBodiless = method === 'HEAD' || status === 204 || status === 304
  if (isBodiless) return { content: Buffer.alloc(0), bytes: 0, isDelimited: true }
  if (/chunked/i.test(headers['transfer-encoding'] ?? '')) return chunksIn(rest)
  const length = headers['content-length']
  if (length === undefined) {
    return isEnd ? { content: rest, bytes: rest.length, isDelimited: false } : undefined
  }
  const bytes = Number(length)
  if (rest.length < bytes) return undefined
  return { content: rest.subarray(0, bytes), bytes, isDelimited: true }
}

function chunksIn(rest: Buffer): Body | undefined {
  const { content, bytes, isEnded } = readChunks(rest)
  return isEnded ? { content, bytes, isDelimited: true } : undefined
}

/** All chunks that are complete. */
function readChunks(rest: Buffer) {
  const chunks: Buffer[] = []
  for (let at = 0; ; ) {
    const lineEnd = rest.indexOf('\r\n', at)
    const size = Number.parseInt(rest.toString('latin1', at, Math.max(at, lineEnd)), 16)
    const from = lineEnd + 2
    if (lineEnd < 0 || rest.length < from + size + 2) {
      return { content: Buffer.concat(chunks), bytes: at, isEnded: false }
    }
    if (size === 0) return { content: Buffer.concat(chunks), bytes: from + 2, isEnded: true }
    chunks.push(rest.subarray(from, from + size))
    at = from + size + 2
  }
}
