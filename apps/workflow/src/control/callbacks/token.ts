import { createHmac, timingSafeEqual } from 'node:crypto'
import type { RunId } from '@dure/contracts'
import { taskKeyOf } from '@dure/engine'

interface Seeded {
  readonly id: RunId
  /** Hex digits; nobody outside knows them. */
  readonly seed: string
}

/** Where whoever was told this path delivers an event to a node that waits, without a key. */
export function callbackPathOf(run: Seeded, path: string): string {
  const place = taskKeyOf(run.id, path)
  const token = `${Buffer.from(place).toString('base64url')}.${macOf(run, place)}`
  return `/v2/callbacks/${token}`
}

export interface CallbackToken {
  readonly runId: RunId
  readonly path: string
  /** As it is written: of several spellings of the same bytes, one is right. */
  readonly mac: string
}

/** What a token claims; undefined when it is not one. */
export function readToken(token: string): CallbackToken | undefined {
  const [place = '', mac = '', ...more] = token.split('.')
  const text = Buffer.from(place, 'base64url').toString('utf8')
  if (Buffer.from(text).toString('base64url') !== place) return undefined
  const [runId = '', ...path] = text.split('/')
  if (more.length > 0 || !/^run_[0-9a-f]{32}$/.test(runId) || path.length === 0) return undefined
  return { runId: runId as RunId, path: path.join('/'), mac }
}

/** In constant time, also for a run that is not there. */
export function isGenuine({ runId, path, mac }: CallbackToken, run: Seeded | undefined): boolean {
  const expected = Buffer.from(macOf(run ?? { id: runId, seed: '' }, taskKeyOf(runId, path)))
  const said = Buffer.from(mac)
  return said.length === expected.length && timingSafeEqual(said, expected) && run !== undefined
}

function macOf({ seed }: Seeded, place: string): string {
  const hmac = createHmac('sha256', Buffer.from(seed, 'hex')).update(`callback\n${place}`)
  return hmac.digest('base64url')
}
