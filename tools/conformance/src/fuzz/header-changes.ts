import fc from 'fast-check'

type Header = readonly [name: string, value: string]

export interface HeaderChange {
  /** Headers of these names are left out. */
  readonly without: readonly string[]
  readonly add: readonly Header[]
}

const add = (...headers: Header[]): HeaderChange => ({ without: [], add: headers })
const instead = (name: string, value: string): HeaderChange => ({
  without: [name],
  add: [[name, value]],
})

/** What clients, proxies and attackers put into a head. */
const CHANGES: readonly HeaderChange[] = [
  { without: ['content-type'], add: [] },
  instead('content-type', 'text/plain'),
  instead('content-type', 'application/xml'),
  instead('content-type', 'application/x-www-form-urlencoded'),
  instead('content-type', 'multipart/form-data'),
  instead('content-type', 'multipart/form-data; boundary=x'),
  instead('content-type', 'application/json; charset=utf-16'),
  instead('content-type', 'application/json; charset="'),
  instead('content-type', 'APPLICATION/JSON'),
  instead('content-type', 'application/vnd.dure+json'),
  instead('content-type', '/'),
  instead('content-type', '\xff'),
  add(['content-type', 'text/html']),
  add(['content-encoding', 'gzip']),
  add(['accept', 'text/html']),
  add(['accept', ';;;']),
  add(['accept-encoding', 'br;q=x, *;q=0']),
  add(['x-request-timeout', '0']),
  add(['x-request-timeout', '-1']),
  add(['x-request-timeout', '301']),
  add(['x-request-timeout', '1e3']),
  add(['x-request-timeout', 'NaN']),
  add(['x-request-timeout', '5'], ['x-request-timeout', '6']),
  add(['x-dure-deadline-ms', '1']),
  add(['x-dure-identity', 'eyJhbGciOiJub25lIn0.e30.']),
  add(['X-Dure-Identity', 'x'], ['connection', 'x-dure-identity']),
  add(['if-match', '*']),
  add(['if-match', 'x']),
  add(['if-match', '"0"']),
  add(['if-match', 'W/"1"']),
  add(['if-match', '"1", "2"']),
  add(['if-match', `"${'9'.repeat(40)}"`]),
  add(['if-none-match', '*']),
  add(['if-none-match', '"']),
  add(['idempotency-key', '']),
  add(['idempotency-key', 'x'.repeat(201)]),
  add(['idempotency-key', 'wait']),
  add(['idempotency-key', 'a:b']),
  add(['idempotency-key', '"quoted"']),
  add(['idempotency-key', '\xed\x95\x9c']),
  add(['idempotency-key', 'a'], ['idempotency-key', 'b']),
  add(['prefer', 'wait=x']),
  add(['prefer', 'wait=-1']),
  add(['prefer', 'wait=1, respond-async, wait=2']),
  add(['prefer', ',,=;']),
  add(['last-event-id', '-1']),
  add(['last-event-id', '9'.repeat(30)]),
  add(['last-event-id', 'run_x.1']),
  add(['traceparent', '00-0-0-0']),
  add(['traceparent', `00-${'0'.repeat(32)}-${'0'.repeat(16)}-01`], ['baggage', 'a=b;c,,=']),
  add(['baggage', 'x'.repeat(9000)]),
  add(['x-request-id', '../../x']),
  add(['x-request-id', 'a'.repeat(500)]),
  add(['x-http-method-override', 'DELETE']),
  add(['x-forwarded-for', '127.0.0.1, ::1'], ['x-forwarded-host', 'evil.example']),
  add(['forwarded', 'for=127.0.0.1;host=evil']),
  add(['x-original-url', '/metrics']),
  add(['range', 'bytes=0-0,1-']),
  add(['expect', '100-continue']),
  add(['expect', 'nonsense']),
  add(['upgrade', 'websocket'], ['connection', 'upgrade']),
  add(['te', 'trailers, chunked']),
  add(['x-latin', '\xe9\xdf']),
  add(['x-nul', 'a\0b']),
  add(['x-split', 'a\r\nx-injected: 1']),
  add(['x-split', 'a\nb']),
  add(['x folded', '1']),
  add(['', 'x']),
  add(['transfer-encoding', 'chunked'], ['content-length', '5']),
  add(['transfer-encoding', 'identity, chunked, x']),
  add(['content-length', '-1']),
  add(['content-length', 'x']),
  instead('host', ''),
  add(['host', 'a'], ['host', 'b']),
  add(['x-long', 'x'.repeat(20_000)]),
  add(...Array.from({ length: 2100 }, (_, n): Header => [`x-${n}`, ''])),
  add(['origin', 'https://evil.example']),
  add(['cookie', '='.repeat(3000)]),
]

export const headerChanges: fc.Arbitrary<HeaderChange> = fc.constantFrom(...CHANGES)

export function changeHeaders(headers: readonly Header[], change: HeaderChange): readonly Header[] {
  return [...headers.filter(([name]) => !change.without.includes(name)), ...change.add]
}
