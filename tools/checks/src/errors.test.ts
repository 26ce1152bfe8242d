import { describe, expect, test } from 'vitest'
import { errorCodesIn } from './error-codes.ts'
import { errorRows, tableProblems } from './error-table.ts'
import { filesIn, isForTests, read } from './repository.ts'

describe('docs/errors.md', () => {
  const rows = errorRows(read('docs/errors.md'))

  test('has every error code of the code, no other, and the right status', () => {
    const sources = [...filesIn('apps', '.ts'), ...filesIn('libs', '.ts')]
      .filter((path) => !isForTests(path))
      .map((path) => ({ path, text: read(path) }))
    const uses = errorCodesIn(sources)

    expect(tableProblems(rows, uses)).toEqual([])
    expect(uses.length).toBeGreaterThan(50)
  })

  test('names each code once, in alphabetical order', () => {
    const codes = rows.map(({ code }) => code)

    expect(codes).toEqual([...new Set(codes)].toSorted())
  })
})

describe('codes in sources', () => {
  const codesOf = (text: string) => errorCodesIn([{ path: 'a.ts', text }]).map(({ code }) => code)

  test.each([
    ['a thrown error', "throw new NotFoundError('run.not-found', 'No')", ['run.not-found']],
    ['a field problem', "const p = { pointer, code: 'edge.dangling' as const }", ['edge.dangling']],
    [
      'a choice',
      "new XError(late ? 'key.expired' : 'key.unknown', '')",
      ['key.expired', 'key.unknown'],
    ],
    ['a default', "const code = found ?? 'key.unknown'", ['key.unknown']],
    ['a subclass', "class A extends B { constructor() { super('a.b') } }", ['a.b']],
    ['an argument', "call('a.b'); function call(code: ErrorCode) {}", ['a.b']],
    ['an argument of a constant', "const f = (n: number, code: C) => 1; f(1, 'a.b')", ['a.b']],
    ['a type', "type Refusal = 'key.expired' | 'key.revoked'", ['key.expired', 'key.revoked']],
  ])('are found in %s', (_where, text, codes) => {
    expect(codesOf(text)).toEqual(codes)
  })

  test.each([
    ['a message', "outgoing(queue, 'task.finish', {})"],
    ['an event', "record({ type: 'run.completed' })"],
    ['a comparison', "if (error.code === 'run.not-found') retry()"],
    ['a file', "open('char.bin')"],
    ['a system code', "new FileError('ENOENT')"],
    ['a type of something else', "type Name = 'task.finish' | string"],
  ])('are not seen in %s', (_where, text) => {
    expect(codesOf(text)).toEqual([])
  })

  test('have the status of their class, also of a derived one', () => {
    const text = `
      const HTTP = {
        conflict: { status: 409, title: 'Conflict' },
      }
      class ConflictError extends DureError { override readonly kind = 'conflict' }
      class VersionConflictError extends ConflictError { constructor() { super('a.conflict') } }
      throw new ConflictError('b.conflict', '')
      throw new OtherError('c.other', '')`

    expect(errorCodesIn([{ path: 'a.ts', text }])).toEqual([
      { code: 'a.conflict', path: 'a.ts', status: 409 },
      { code: 'b.conflict', path: 'a.ts', status: 409 },
      { code: 'c.other', path: 'a.ts' },
    ])
  })
})

describe('the comparison', () => {
  const uses = [{ code: 'run.not-found', path: 'a.ts', status: 404 }]
  const rowsOf = (...lines: string[]) => errorRows(lines.join('\n'))

  test('is content with a table that says what the code says', () => {
    expect(
      tableProblems(rowsOf('| `run.not-found` | 404, run | Not there | Look |'), uses),
    ).toEqual([])
  })

  test.each([
    ['a code that is not in the table', [], 'run.not-found (a.ts) is not in the table'],
    [
      'a code that nobody uses',
      ['| `run.not-found` | 404 | Not there | Look |', '| `run.old` | 410 | Old | Forget |'],
      'run.old is not used',
    ],
    [
      'a wrong status',
      ['| `run.not-found` | 400 | Not there | Look |'],
      'run.not-found is 404, not 400',
    ],
  ])('reports %s', (_what, lines, problem) => {
    expect(tableProblems(rowsOf(...lines), uses)).toEqual([problem])
  })

  test.each([
    ['without advice', '| `run.not-found` | 404 | Not there | |'],
    ['with an unknown place', '| `run.not-found` | somewhere | Not there | Look |'],
  ])('refuses a row %s', (_what, line) => {
    expect(() => rowsOf(line)).toThrow('Not a row')
  })
})
