import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Random } from './random.ts'

/** A request that reached the world whole. */
export interface Effect {
  /** Epoch milliseconds. */
  readonly at: number
  readonly method: string
  readonly mode: string
  /** The Idempotency-Key: one for each node of a run. */
  readonly key: string
  /** The Dure-Attempt. */
  readonly attempt: number
  /** Which run, as the harness names it, and which node of it. */
  readonly marker: string
  readonly node: string
  /** What the caller was told of this address: it honours the Idempotency-Key. */
  readonly idempotent: boolean
  /** Whether it has happened, and not been refused with an error. */
  readonly accepted: boolean
}

/** Everything outside of Dure: it remembers for ever what was done to it. */
export interface World {
  readonly url: string
  readonly port: number
  readonly effects: readonly Effect[]
  /** Milliseconds that every answer takes longer from now on. */
  slowDown(ms: number): void
  close(): Promise<void>
}

const HANG_MS = 60_000
/** By a status, which is an answer, or by no answer at all. */
const REFUSALS = [500, 429, 'dropped', 'dropped'] as const

export async function startWorld(random: Random): Promise<World> {
  const effects: Effect[] = []
  let lateMs = 0

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await textOf(request)
    const url = new URL(request.url ?? '/', 'http://world')
    const mode = url.pathname.split('/')[1] ?? ''
    const refusal = mode === 'flaky' && random.chance(0.5) ? random.pick(REFUSALS) : null
    effects.push(effectOf(request, url, { mode, body, accepted: refusal === null }))
    await sleep(lateMs + delayMs(mode, random), undefined, { ref: false })
    if (refusal === 'dropped') return void response.destroy()
    const headers = { 'content-type': 'application/json', ...(refusal && { 'retry-after': '0' }) }
    response.writeHead(refusal ?? 200, headers).end(JSON.stringify({ count: effects.length }))
  }

  const server = createServer((request, response) => {
    // A caller that was killed sends only a part: then nothing has happened.
    handle(request, response).catch(() => response.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no TCP address')

  return {
    url: `http://127.0.0.1:${address.port}`,
    port: address.port,
    effects,
    slowDown(ms) {
      lateMs = ms
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

function delayMs(mode: string, random: Random): number {
  if (mode === 'slow') return random.integer(300, 1500)
  if (mode === 'hang') return random.chance(0.5) ? HANG_MS : 0
  return random.integer(0, 30)
}

interface Heard {
  readonly mode: string
  readonly body: string
  readonly accepted: boolean
}

function effectOf(request: IncomingMessage, url: URL, { mode, body, accepted }: Heard): Effect {
  const sent = body === '' ? Object.fromEntries(url.searchParams) : JSON.parse(body)
  return {
    at: Date.now(),
    method: request.method ?? '',
    mode,
    key: String(request.headers['idempotency-key'] ?? ''),
    attempt: Number(request.headers['dure-attempt'] ?? 0),
    marker: String(sent.marker ?? ''),
    node: String(sent.node ?? ''),
    idempotent: url.searchParams.get('idempotent') === 'yes',
    accepted,
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}
