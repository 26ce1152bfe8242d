import { setTimeout as sleep } from 'node:timers/promises'
import { UsageError } from '@dure/bench/usage-error'

/** What a gateway has answered, other than with success. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError'
  readonly code: string
  constructor(code: string, detail: string) {
    super(`${code}: ${detail}`)
    this.code = code
  }
}

/** Asks a gateway; waits where it says that it is busy. */
export interface Gateway {
  /** @throws RefusedError */
  ask<Answer>(method: 'GET' | 'POST', path: string, body?: object): Promise<Answer>
  /** The first of a list that fits. */
  find<Item>(path: string, fits: (item: Item) => boolean): Promise<Item | undefined>
  list<Item>(path: string, limit: number): Promise<Item[]>
}

interface PageOf<Item> {
  readonly data: readonly Item[]
  readonly nextCursor: string | null
}

const TIMEOUT_MS = 30_000
const MAX_TRIES = 6
const MAX_PAGES = 100
const BUSY = new Set([429, 502, 503, 504])

export function openGateway({ url, key }: { readonly url: string; readonly key: string }): Gateway {
  async function ask<Answer>(method: 'GET' | 'POST', path: string, body?: object): Promise<Answer> {
    const idempotencyKey = method === 'POST' ? { 'idempotency-key': crypto.randomUUID() } : {}
    for (let tries = 1; ; tries += 1) {
      const response = await fetch(url + path, {
        method,
        headers: {
          authorization: `Bearer ${key}`,
          ...idempotencyKey,
          ...(body && { 'content-type': 'application/json' }),
        },
        ...(body && { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      }).catch((cause) => unreachable(cause, url, tries))
      if (response?.ok) return (await response.json()) as Answer
      const isBusy = response === undefined || BUSY.has(response.status)
      if (!isBusy || tries >= MAX_TRIES) throw await refusalOf(response)
      const asked = Number(response?.headers.get('retry-after') ?? '')
      await sleep((asked > 0 ? Math.min(asked, 60) : 2 ** (tries - 1)) * 1000)
    }
  }

  async function* pagesOf<Item>(path: string): AsyncGenerator<Item> {
    let cursor: string | null = null
    for (let page = 0; page < MAX_PAGES; page += 1) {
      const query: string = new URLSearchParams({
        limit: '100',
        ...(cursor && { cursor }),
      }).toString()
      const { data, nextCursor }: PageOf<Item> = await ask('GET', `${path}?${query}`)
      yield* data
      if (nextCursor === null) return
      cursor = nextCursor
    }
  }

  return {
    ask,

    async find<Item>(path: string, fits: (item: Item) => boolean) {
      for await (const item of pagesOf<Item>(path)) if (fits(item)) return item
      return undefined
    },

    async list<Item>(path: string, limit: number) {
      const items: Item[] = []
      for await (const item of pagesOf<Item>(path)) {
        if (items.length >= limit) break
        items.push(item)
      }
      return items
    },
  }
}

function unreachable(cause: unknown, url: string, tries: number): undefined {
  if (tries < MAX_TRIES) return undefined
  throw new UsageError(`${url} does not answer: ${cause instanceof Error ? cause.message : cause}`)
}

async function refusalOf(response: Response | undefined): Promise<RefusedError> {
  const problem: unknown = await response?.json().catch(() => undefined)
  const { code = `http.${response?.status}`, detail = 'no reason was given' } = Object(problem)
  return new RefusedError(String(code), String(detail))
}
