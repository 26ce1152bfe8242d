import createFetchClient, { type Client as FetchClient } from 'openapi-fetch'
import type { components, paths } from './generated/openapi.ts'

/** Every operation of the API, each with the types of what it takes and of what it answers. */
export type Client = FetchClient<paths>

/** RFC 9457, with a stable `code`. */
export type Problem = components['schemas']['Problem']

export interface ClientOptions {
  /** Of the gateway, such as `http://127.0.0.1:3000`. */
  readonly url: string
  /** `dure_live_…` */
  readonly apiKey: string
  /** Milliseconds until a request is given up; streams too, so give those a signal of their own. */
  readonly timeoutMs?: number
}

/** Longer than the gateway itself waits for a service. */
const TIMEOUT_MS = 70_000

export function createClient({ url, apiKey, timeoutMs = TIMEOUT_MS }: ClientOptions): Client {
  const client = createFetchClient<paths>({
    baseUrl: url.replace(/\/+$/, ''),
    headers: { authorization: `Bearer ${apiKey}` },
  })
  client.use({
    onRequest: ({ request }) =>
      new Request(request, {
        signal: AbortSignal.any([request.signal, AbortSignal.timeout(timeoutMs)]),
      }),
  })
  return client
}

/** What the API refused, or could not do. */
export class DureProblem extends Error {
  override readonly name = 'DureProblem'
  readonly problem: Problem

  constructor(problem: Problem) {
    const fields = problem.errors?.map(({ pointer, message }) => `; ${pointer} ${message}`) ?? []
    super(`${problem.code}: ${problem.detail}${fields.join('')}`)
    this.problem = problem
  }
}

interface Result<Data> {
  readonly data?: Data
  readonly error?: unknown
  readonly response: Response
}

/**
 * The answer of a call of the client.
 *
 * @throws DureProblem what the API answered instead; Error for an answer that is not of the API
 */
export async function readAnswer<Data>(call: Promise<Result<Data>>): Promise<NonNullable<Data>> {
  const { data, error, response } = await call
  if (data !== undefined && data !== null) return data
  if (isProblem(error)) throw new DureProblem(error)
  throw new Error(
    `${response.url} was answered with ${response.status}, and no problem that says why`,
  )
}

function isProblem(value: unknown): value is Problem {
  return typeof value === 'object' && value !== null && 'code' in value && 'detail' in value
}
