import fc from 'fast-check'
import { HOSTILE_TEXTS } from './hostile.ts'

/** A change of a path with its query, as it stands in the request line. */
export type UrlChange = (url: string) => string

const cursorOf = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

const ID = `x_${'0'.repeat(32)}`
const CURSORS = [
  '',
  'x',
  '=',
  cursorOf(null),
  cursorOf([]),
  cursorOf(['a', 'b']),
  cursorOf(['', ID]),
  cursorOf(['2024-01-01', ID, 'more']),
  cursorOf(['+275760-09-13T00:00:00.000Z', ID]),
  cursorOf(['-000001-01-01T00:00:00.000Z', ID]),
  cursorOf(['-271821-04-20T00:00:00.000Z', ID]),
  cursorOf(['0', ID]),
  cursorOf(['2024-01-01T00:00:00Z', "x' OR 1=1"]),
  cursorOf(['9'.repeat(60)]),
  cursorOf(['1', '2', '3']),
  cursorOf(['\0', '\0']),
  cursorOf(['-1']),
  cursorOf(['99999999999999999999', ID]),
  'x'.repeat(200),
  'x'.repeat(201),
]

/** One segment of a path replaced, or something done to the whole. */
const segment =
  (at: number, text: string): UrlChange =>
  (url) => {
    const [path = '', query] = url.split('?')
    const parts = path.split('/')
    const index = 1 + (at % Math.max(1, parts.length - 1))
    parts[index] = text
    return parts.join('/') + (query === undefined ? '' : `?${query}`)
  }
const withQuery =
  (text: string): UrlChange =>
  (url) =>
    url + (url.includes('?') ? '&' : '?') + text

const PATHS: readonly UrlChange[] = [
  (url) => url.toUpperCase(),
  (url) => `/${url}`,
  (url) => url.replace(/(\?|$)/, '/$1'),
  (url) => url.replace('/', '//'),
  (url) => url.replace(/(\?|$)/, ';a=b$1'),
  (url) => url.replace(/(\?|$)/, '%00$1'),
  (url) => url.replace(/(\?|$)/, '%$1'),
  (url) => url.replace(/(\?|$)/, '%zz$1'),
  (url) => url.replace(/(\?|$)/, '%c0%af$1'),
  (url) => url.replace(/(\?|$)/, '\xff$1'),
  (url) => url.replace(/(\?|$)/, ' x$1'),
  (url) => url.replace(/(\?|$)/, '/..%2f..%2fmetrics$1'),
  (url) => url.replace(/(\?|$)/, '/../../livez$1'),
  (url) => url.replace(/(\?|$)/, '\\..$1'),
  (url) => url.replace(/(\?|$)/, '#fragment$1'),
  (url) => `http://evil.example${url}`,
  (url) => url.slice(1),
  () => '*',
  (url) =>
    url.replace(
      /\/([^/?]+)(\?|$)/,
      (_all, last: string, rest: string) =>
        `/${[...last].map((letter) => `%${letter.charCodeAt(0).toString(16).padStart(2, '0')}`).join('')}${rest}`,
    ),
]

const QUERIES = [
  'limit=0',
  'limit=101',
  'limit=-1',
  'limit=1.5',
  'limit=1e9',
  'limit=NaN',
  'limit=',
  'limit=1&limit=2',
  'limit[]=1',
  'limit[$gt]=',
  'limit=0x10',
  'limit=%00',
  'unknown=1',
  '__proto__[x]=1',
  'constructor=1',
  'a'.repeat(5000),
  '%',
  '&&==&',
  'cursor=a&cursor=b',
  'status=%00',
  'from=2024-13-45',
  'from=2024-01-01T00:00:00Z&to=2023-01-01T00:00:00Z',
  'version=99999999999999999999',
  ...CURSORS.map((cursor) => `cursor=${encodeURIComponent(cursor)}`),
]

const LONG_SEGMENTS = [
  'x'.repeat(1001),
  'x'.repeat(14_000),
  `wf_${'0'.repeat(31)}`,
  `RUN_${'A'.repeat(32)}`,
]
const encodable = HOSTILE_TEXTS.filter((text) => text.isWellFormed() && text.length < 3000)
const SEGMENTS = [...encodable.map(encodeURIComponent), ...LONG_SEGMENTS]

export const urlChanges: fc.Arbitrary<UrlChange> = fc.oneof(
  fc.constantFrom(...PATHS),
  fc.constantFrom(...QUERIES).map(withQuery),
  fc.tuple(fc.nat(6), fc.constantFrom(...SEGMENTS)).map(([at, text]) => segment(at, text)),
)
