import { randomHex } from '../random-hex.ts'

const GIVEN = /^[A-Za-z0-9_-]{8,128}$/

/** What the client calls its request, if that can stand in a log and a header; else a name that nobody else has. */
export function requestIdOf(header: string | string[] | undefined): string {
  return typeof header === 'string' && GIVEN.test(header) ? header : `req_${randomHex(16)}`
}
