import { expect, test } from 'vitest'
import { createWireReader, endsReady } from './postgres-wire.ts'

function framed(type: string, ...texts: string[]): Buffer {
  const body = Buffer.from(texts.map((text) => `${text}\0`).join(''))
  const length = Buffer.alloc(4)
  length.writeInt32BE(body.length + 4)
  return Buffer.concat([Buffer.from(type), length, body])
}

const greeting = framed('', 'user', 'dure')
const simple = (text: string) => framed('Q', text)

test.each<[string, Buffer[], string]>([
  ['COMMIT', [simple('BEGIN'), simple('INSERT INTO a VALUES (1)'), simple('COMMIT')], '..!'],
  ['nothing of a transaction before that', [simple('BEGIN'), simple('DELETE FROM a')], '..'],
  ['nothing of one that is rolled back', [simple('BEGIN'), simple('ROLLBACK')], '..'],
  ['a statement that writes by itself', [simple('SELECT 1'), simple('UPDATE a SET b = 1')], '.!'],
  ['one that calls a function', [simple('SELECT * FROM commit_runs($1)')], '!'],
  [
    'a prepared one, each time it is executed',
    [
      framed('P', 'write', 'INSERT INTO a VALUES ($1)'),
      framed('B', '', 'write'),
      framed('B', '', 'write'),
    ],
    '.!!',
  ],
])('a reader of the wire sees %s', (_what, messages, seen) => {
  const read = createWireReader()
  expect(read(greeting)).toBe('nothing')
  expect(messages.map((message) => (read(message) === 'commit' ? '!' : '.')).join('')).toBe(seen)
})

test('a message may arrive in any pieces', () => {
  const read = createWireReader()
  const bytes = Buffer.concat([greeting, simple('COMMIT')])
  const seen = [...bytes].map((byte) => read(Buffer.from([byte])))
  expect(seen.filter((asked) => asked === 'commit')).toHaveLength(1)
  expect(seen.at(-1)).toBe('commit')
})

test('an answer is over with ReadyForQuery', () => {
  const ready = Buffer.from([0x5a, 0, 0, 0, 5, 0x49])
  expect(endsReady(Buffer.concat([Buffer.from('C'), ready]))).toBe(true)
  expect(endsReady(Buffer.from('C'))).toBe(false)
})
