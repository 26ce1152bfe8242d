import { expect, test } from 'vitest'
import { encodeCursor, pageKeyOf, pageOf } from './paging.ts'

const id = `wf_${'0'.repeat(32)}`
const createdAt = new Date('2026-03-01T12:00:00.123Z')

test('the cursor of a page leads to the key of its last row', () => {
  const { nextCursor } = pageOf(
    [
      { createdAt, id },
      { createdAt, id: `${id}1` },
    ],
    1,
  )

  expect(nextCursor && pageKeyOf(nextCursor)).toEqual({ createdAt, id })
})

test.each([
  ['no JSON', 'x'],
  ['no list', encodeCursor('x' as never)],
  ['too few parts', encodeCursor([createdAt.toISOString()])],
  ['too many parts', encodeCursor([createdAt.toISOString(), id, 'x'])],
  ['a time before our era', encodeCursor(['-271821-04-20T00:00:00.000Z', id])],
  ['a time long after ours', encodeCursor(['+275760-09-13T00:00:00.000Z', id])],
  ['a day that is none', encodeCursor(['2026-13-45T00:00:00.000Z', id])],
  ['a time of another form', encodeCursor(['2026-03-01', id])],
  ['something else than an id', encodeCursor([createdAt.toISOString(), "' OR 1=1"])],
])('%s is no cursor', (_what, cursor) => {
  expect(() => pageKeyOf(cursor)).toThrow(expect.objectContaining({ code: 'page.invalid-cursor' }))
})
