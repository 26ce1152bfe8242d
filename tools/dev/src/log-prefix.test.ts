import { expect, test } from 'vitest'
import { createScreen, readableLine, warningsOnly } from './log-prefix.ts'

const time = Date.parse('2026-01-02T12:30:01.250Z')
const entry = { level: 40, time, name: 'workflow', pid: 1, hostname: 'h', msg: 'slow' }

test('a line of a logger becomes time, level, message and fields', () => {
  const line = JSON.stringify({ ...entry, runId: 'run_1', counts: { done: 2 } })

  expect(readableLine(line)).toBe('12:30:01.250 WARN  slow runId=run_1 counts={"done":2}')
})

test('an error shows its stack below', () => {
  const line = JSON.stringify({
    ...entry,
    level: 50,
    err: { message: 'x', stack: 'Error: x\n  at y' },
  })

  expect(readableLine(line)).toBe('12:30:01.250 ERROR slow\nError: x\n  at y')
})

test.each(['plain text', '{ not json', '{"level":30}', '{"a":1}', ''])(
  '%j stays as it is',
  (line) => {
    expect(readableLine(line)).toBe(line)
  },
)

test('every line on the screen carries the name of its source', () => {
  const written: string[] = []
  const show = createScreen({ write: (text) => written.push(text), colours: false }).source('agent')

  show('one\ntwo')

  expect(written).toEqual(['agent     | one\n', 'agent     | two\n'])
})

test('sources differ in colour', () => {
  const written: string[] = []
  const screen = createScreen({ write: (text) => written.push(text), colours: true })

  screen.source('a')('x')
  screen.source('a')('x')

  expect(written[0]).toBe('\x1b[36ma         \x1b[0m| x\n')
  expect(written[0]).not.toBe(written[1])
})

test('informative lines can be left out, and what no logger wrote cannot', () => {
  const shown: string[] = []
  const show = warningsOnly((line) => shown.push(line))
  const warning = JSON.stringify(entry)

  for (const line of [JSON.stringify({ ...entry, level: 30 }), warning, 'panic']) show(line)

  expect(shown).toEqual([warning, 'panic'])
})
