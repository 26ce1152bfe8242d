import { expect, test } from 'vitest'
import { deprecationHeaders } from './deprecation.ts'
import { routeOf } from './route.ts'
import { type Deprecation, ROUTES } from './table.ts'

const THINGS: readonly Deprecation[] = [
  {
    methods: ['GET'],
    pattern: '/v1/things/{thingId}/parts/{partId}',
    since: '2026-01-02',
    sunset: '2027-01-02',
    successor: '/v2/parts/{partId}',
  },
  { pattern: '/v1/things', since: '2026-01-02' },
]

test('what is deprecated says since when, until when, and what comes after', () => {
  expect(deprecationHeaders(THINGS, 'GET', '/v1/things/thing_1/parts/part_2')).toEqual({
    deprecation: '@1767312000',
    sunset: 'Sat, 02 Jan 2027 00:00:00 GMT',
    link: '</docs>; rel="deprecation"; type="text/html", </v2/parts/part_2>; rel="successor-version"',
  })
})

test('without an end and a successor, only what is known is said', () => {
  expect(deprecationHeaders(THINGS, 'DELETE', '/v1/things')).toEqual({
    deprecation: '@1767312000',
    link: '</docs>; rel="deprecation"; type="text/html"',
  })
})

test.each(['a\r\nx: y', 'a>; rel="x"', '한글', '%2F'])(
  'nothing follows on what nothing is called: %j',
  (name) => {
    const headers = deprecationHeaders(THINGS, 'GET', `/v1/things/thing_1/parts/${name}`)
    expect(headers?.link).toBe('</docs>; rel="deprecation"; type="text/html"')
  },
)

test('HEAD is deprecated with GET', () => {
  expect(deprecationHeaders(THINGS, 'HEAD', '/v1/things/a/parts/b')).toBeDefined()
})

test.each([
  ['POST', '/v1/things/a/parts/b'],
  ['GET', '/v1/things/a/parts/b/c'],
  ['GET', '/v1/things/a'],
])('%s %s is not', (method, path) => {
  expect(deprecationHeaders(THINGS, method, path)).toBeUndefined()
})

const all = ROUTES.flatMap(({ prefix, service, deprecated = [] }) =>
  deprecated.map((deprecation) => ({ prefix, service, ...deprecation })),
)

test.each(all)('$pattern of the table can be followed', (deprecation) => {
  const { prefix, service, pattern, since, sunset, successor } = deprecation
  expect(pattern === prefix || pattern.startsWith(`${prefix}/`)).toBe(true)
  expect(Date.parse(since)).not.toBeNaN()
  // RFC 8594 and RFC 9745, 4: nothing goes before it was said to go.
  if (sunset) expect(Date.parse(sunset)).toBeGreaterThan(Date.parse(since))
  if (successor) expect(routeOf(successor)?.service).toBe(service)
})
