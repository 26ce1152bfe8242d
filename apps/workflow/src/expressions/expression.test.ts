import { describe, expect, test } from 'vitest'
import { compileExpression, type Scope } from './expression.ts'
import { compileTemplate, renderDeep } from './template.ts'

const scope: Scope = {
  input: { name: 'Ada', count: 2, braces: '{{ input.name }}', html: '<b>&' },
  nodes: { find: { data: { chunks: [{ text: 'one' }, { text: 'two' }] } } },
}
const evaluate = (source: string) => compileExpression(source).evaluate(scope)
const render = (source: string) => compileTemplate(source).render(scope)

describe('an expression', () => {
  test.each([
    ['size(nodes.find.data.chunks) > 0', true],
    ['input.count + 1', 3],
    ['1 + input.count * 2', 5],
    ['input.count == 2 && input.name.startsWith("A")', true],
    ['nodes.find.data.chunks.map(c, c.text)', ['one', 'two']],
    ['nodes.?missing.?data.orValue("none")', 'none'],
    ['{"a": 1, "b": input.name}', { a: 1, b: 'Ada' }],
    ['timestamp("2026-01-02T00:00:00Z")', '2026-01-02T00:00:00.000Z'],
  ])('%s gives JSON', (source, value) => {
    expect(evaluate(source)).toEqual(value)
  })

  test('names the nodes that it reads, however it writes them', () => {
    const { references } = compileExpression(
      '[nodes.a.data, nodes["b"].data, nodes.?c.?data.orValue(1)]',
    )
    expect([...references]).toEqual(['a', 'b', 'c'])
  })

  test.each([
    'constructor',
    'input.constructor',
    'input.__proto__',
    'nodes.find.data.chunks.length',
    'input.name.constructor',
    'nodes["__proto__"].data',
    'nodes["construc" + "tor"]',
    'process.env',
    'globalThis',
  ])('%s reaches nothing but data', (source) => {
    expect(() => evaluate(source)).toThrow(expect.objectContaining({ kind: 'invalid' }))
  })

  test.each([
    ['a regular expression', '"aaaa".matches("(a+)+$")'],
    ['a macro inside a macro', '[1].map(a, [1].map(b, b))'],
    ['more parts than anyone needs', Array(300).fill('1').join('+')],
    ['no expression at all', ''],
  ])('with %s is refused', (_name, source) => {
    expect(() => compileExpression(source)).toThrow(
      expect.objectContaining({ code: 'expression.invalid' }),
    )
  })
})

describe('a template', () => {
  test('fills its holes with text, and escapes nothing', () => {
    expect(render('Hi {{ input.name }}, {{input.count}} {{ input.html }}')).toBe('Hi Ada, 2 <b>&')
  })

  test('that is one hole keeps the type of its value', () => {
    expect(render('{{ nodes.find.data.chunks }}')).toEqual([{ text: 'one' }, { text: 'two' }])
  })

  test('never reads data as a template', () => {
    expect(render('{{ input.braces }}!')).toBe('{{ input.name }}!')
  })

  test('is rendered wherever it stands in a value', () => {
    expect(renderDeep({ a: ['{{ input.count }}', 1], b: null }, scope)).toEqual({
      a: [2, 1],
      b: null,
    })
  })
})
