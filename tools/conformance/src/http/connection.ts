import { connect, type Socket } from 'node:net'
import { type Answer, parseAnswer, parseBeginning } from './answer.ts'

/** A request as it goes over the wire: nobody in between corrects it or refuses to send it. */
export interface WireRequest {
  readonly method: string
  readonly path: string
  /** In this order, with these letters; `host` and the length of the body are added. */
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body?: Buffer | undefined
}

export interface Connection {
  /**
   * Sends a request and reads its answer; of a stream of events, only its beginning.
   *
   * @throws NoAnswerError when the server closes instead, or says nothing within `patienceMs`
   */
  send(request: WireRequest, patienceMs: number): Promise<Answer>
  close(): void
}

export class NoAnswerError extends Error {
  override readonly name = 'NoAnswerError'
  readonly why: 'closed' | 'silent'
  constructor(why: 'closed' | 'silent', what: string) {
    super(what)
    this.why = why
  }
}

/** How much of a stream of events is read after its head. */
const STREAM_MS = 100

/** One connection at a time to one server, kept for the next request as long as both sides like. */
export function createConnection(origin: string): Connection {
  const { hostname, port, host } = new URL(origin)
  let kept: Socket | undefined
  let before = ''

  function open(): Socket {
    // What happens to a socket while nobody reads it must not end the process.
    return connect({ host: hostname, port: Number(port) }).on('error', () => {})
  }

  async function send(request: WireRequest, patienceMs: number): Promise<Answer> {
    const reused = kept?.destroyed === false ? kept : undefined
    const socket = reused ?? open()
    kept = undefined
    try {
      const answered = answerOn(socket, request.method, patienceMs)
      socket.write(bytesOf(request, host))
      const answer = await answered
      before = `${request.method} ${request.path} ${JSON.stringify(request.headers)}`
      if (answer.isReusable) kept = socket
      else socket.destroy()
      return answer
    } catch (error) {
      socket.destroy()
      // A server may close an idle connection at the moment when it is used again.
      if (reused && error instanceof NoAnswerError && error.why === 'closed') {
        return send(request, patienceMs)
      }
      if (reused)
        throw new NoAnswerError('silent', `No answer, on a connection that has served ${before}`)
      throw error
    }
  }

  return { send, close: () => kept?.destroy() }
}

function answerOn(socket: Socket, method: string, patienceMs: number): Promise<Answer> {
  let bytes: Buffer = Buffer.alloc(0)
  const { promise, resolve, reject } = Promise.withResolvers<Answer>()
  const give = (answer: Answer | undefined, otherwise: NoAnswerError) =>
    answer ? resolve(answer) : reject(otherwise)
  const timer = setTimeout(
    () => reject(new NoAnswerError('silent', `No answer within ${patienceMs} ms`)),
    patienceMs,
  )
  let streamTimer: NodeJS.Timeout | undefined
  const read = (chunk: Buffer) => {
    bytes = Buffer.concat([bytes, chunk])
    const answer = parseAnswer(bytes, { method, isEnd: false })
    if (answer) return resolve(answer)
    const beginning = parseBeginning(bytes)
    const isStream = beginning?.headers['content-type']?.startsWith('text/event-stream')
    if (isStream) streamTimer ??= setTimeout(() => resolve(beginningOf(bytes)), STREAM_MS)
  }
  const end = () => {
    const answer = parseAnswer(bytes, { method, isEnd: true })
    give(answer, new NoAnswerError('closed', 'The connection was closed without an answer'))
  }
  const fail = () => end()
  socket.on('data', read).once('end', end).once('error', fail).once('close', end)
  return promise.finally(() => {
    clearTimeout(timer)
    clearTimeout(streamTimer)
    socket.off('data', read).off('end', end).off('error', fail).off('close', end)
  })
}

function beginningOf(bytes: Buffer): Answer {
  const beginning = parseBeginning(bytes)
  if (!beginning) throw new TypeError('A stream has begun, so its head is complete')
  return beginning
}

function bytesOf({ method, path, headers, body }: WireRequest, host: string): Buffer {
  const names = new Set(headers.map(([name]) => name.toLowerCase()))
  const all = names.has('host') ? [...headers] : [['host', host] as const, ...headers]
  const isDeclared = names.has('content-length') || names.has('transfer-encoding')
  if (body !== undefined && !isDeclared) all.push(['content-length', String(body.length)])
  const lines = [`${method} ${path} HTTP/1.1`, ...all.map(([name, value]) => `${name}: ${value}`)]
  // Latin-1, as HTTP/1.1 has it: what is beyond goes as UTF-8 if its bytes were put in so.
  const head = Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1')
  return Buffer.concat([head, body ?? Buffer.alloc(0)])
}
