import { type Connection, ExampleError, TransientError } from './connection.ts'

export interface Named {
  readonly id: string
  readonly name: string
}

/** The part of an RFC 9457 problem that a reader can act on. */
interface Problem {
  readonly code?: string
  readonly detail?: string
  readonly requestId?: string
  readonly errors?: readonly { readonly pointer: string; readonly message: string }[]
}

interface Call {
  readonly method: 'GET' | 'POST' | 'PUT'
  readonly path: string
  /** Sent as a form when it is one, else as JSON. */
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

/** All that the example needs to know of HTTP. */
export interface Api {
  /** @throws ExampleError with what the server said; TransientError when it may pass */
  call<Answer>(call: Call): Promise<Answer>
  /** The server-sent events of a path, until the server ends them. */
  events<Event>(path: string): Promise<Event[]>
  /** Looks through all pages of a list. */
  findByName<Item extends Named>(path: string, name: string): Promise<Item | undefined>
}

/** Longer than the 60 s after which the gateway itself gives up. */
const CALL_LIMIT_MS = 70_000
const EVENTS_LIMIT_MS = 180_000
const MAX_PAGES = 100

export function createApi({ url, apiKey }: Connection): Api {
  async function send(request: Call, limitMs: number): Promise<string> {
    const { method, path, body } = request
    const isForm = body instanceof FormData
    const headers = {
      authorization: `Bearer ${apiKey}`,
      ...(body !== undefined && !isForm && { 'content-type': 'application/json' }),
      ...request.headers,
    }
    const { status, text } = await exchange(url + path, {
      method,
      headers,
      ...(body !== undefined && { body: isForm ? body : JSON.stringify(body) }),
      signal: AbortSignal.timeout(limitMs),
    })
    if (status < 400) return text
    const refusal = `${method} ${path} was refused: ${status} ${reasonOf(text)}`
    throw status >= 500 ? new TransientError(refusal) : new ExampleError(refusal)
  }

  async function exchange(address: string, init: RequestInit) {
    try {
      const response = await fetch(address, init)
      return { status: response.status, text: await response.text() }
    } catch (cause) {
      throw new TransientError(
        `No answer from ${url}: see whether \`npm start\` still runs there.`,
        {
          cause,
        },
      )
    }
  }

  async function call<Answer>(request: Call): Promise<Answer> {
    return JSON.parse(await send(request, CALL_LIMIT_MS)) as Answer
  }

  return {
    call,

    async events<Event>(path: string) {
      return eventsOf<Event>(await send({ method: 'GET', path }, EVENTS_LIMIT_MS))
    },

    async findByName<Item extends Named>(path: string, name: string) {
      let cursor: string | null = ''
      for (let page = 0; cursor !== null && page < MAX_PAGES; page += 1) {
        const query: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`
        const { data, nextCursor } = await call<{ data: Item[]; nextCursor: string | null }>({
          method: 'GET',
          path: `${path}?limit=100${query}`,
        })
        const found = data.find((item) => item.name === name)
        if (found) return found
        cursor = nextCursor
      }
      return undefined
    },
  }
}

function reasonOf(text: string): string {
  try {
    const { code, detail, requestId, errors = [] } = JSON.parse(text) as Problem
    const fields = errors.map(({ pointer, message }) => `\n  ${pointer} ${message}`)
    return `${code}: ${detail} (request ${requestId})${fields.join('')}`
  } catch {
    // Not from Dure: a proxy between, or another server on this port.
    return text.slice(0, 200)
  }
}

/** The `data` of each event that has an id; heartbeats and `reconnect` have none. */
function eventsOf<Event>(stream: string): Event[] {
  return stream
    .split('\n\n')
    .filter((block) => /^id: /m.test(block))
    .flatMap((block) => /^data: (.*)$/m.exec(block)?.[1] ?? [])
    .map((data) => JSON.parse(data) as Event)
}
