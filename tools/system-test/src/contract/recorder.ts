import { type Answer, type System, until } from '../system.ts'
import { createNormaliser } from './normalise.ts'

/** A request of a client of v1, and what it was answered. */
export interface Exchange {
  readonly request: string
  readonly status: number
  readonly headers: Readonly<Record<string, unknown>>
  readonly body: unknown
}

export interface Made {
  readonly id: string
}

export interface Recorder {
  readonly system: System
  readonly exchanges: readonly Exchange[]
  /** Asks again, as clients do, while there is too much to do: that is no answer of the route. */
  call<Body>(method: string, path: string, body?: unknown): Promise<Answer<Body>>
  /** Asks, and writes down what was answered. */
  exchange(method: string, path: string, body?: unknown): Promise<Made>
}

/** What clients read of a head. */
const HEADERS = [
  'content-type',
  'location',
  'retry-after',
  'deprecation',
  'sunset',
  'link',
  'allow',
]

export function createRecorder(system: System): Recorder {
  const exchanges: Exchange[] = []
  const normaliser = createNormaliser()
  const call: Recorder['call'] = async <Body>(method: string, path: string, body?: unknown) => {
    let answer = await system.call<Body>(method, path, body)
    await until(async () => {
      if (answer.status !== 503) return true
      answer = await system.call<Body>(method, path, body)
      return false
    }, `${method} ${path} is taken`)
    return answer
  }
  return {
    system,
    exchanges,
    call,
    async exchange(method, path, body) {
      const answer = await call<Made>(method, path, body)
      const headers = HEADERS.flatMap((name) => {
        const value = answer.headers.get(name)
        return value === null ? [] : [[name, value] as const]
      })
      exchanges.push({
        request: String(normaliser.of(`${method} ${path}`)),
        status: answer.status,
        headers: normaliser.of(Object.fromEntries(headers)) as Exchange['headers'],
        body: normaliser.of(answer.body),
      })
      return answer.body
    },
  }
}
