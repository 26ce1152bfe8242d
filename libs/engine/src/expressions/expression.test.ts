import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compileExpression, type Scope } from './expression.ts'
import { compileTemplate, renderDeep } from './template.ts'

const scope: Scope = {
  input: { name: 'Ada', count: 2, braces: '{{ input.name }}', html: '<b>&', loop: 'mine' },
  nodes: { find: { data: { chunks: [{ text: 'one' }, { text: 'two' }] } } },
  vars: { total: 5 },
  loop: { index: 1, item: { price: 3 }, last: null },
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
    ['loop.item.price * vars.total + loop.index', 16],
    ['"loop " + string(loop.index) // loop', 'loop 1'],
    ['{"loop": input.loop}', { loop: 'mine' }],
    ['input\n.loop', 'mine'],
    ['has(loop.item.price) && loop.?item.?cost.orValue(true)', true],
    ['input.count % 2', 0],
    ['nodes.?missing.?data', null],
    ['[1, 2, 3][0]', 1],
    ['response', null],
    ['[1, 2, 3].filter(n, n > 1).map(n, n * 2)', [4, 6]],
  ])('%s gives JSON', (source, value) => {
    expect(evaluate(source)).toEqual(value)
  })

  test('names the nodes that it reads, however it writes them', () => {
    const { references } = compileExpression(
      '[nodes.a.data, nodes["b"].data, nodes.?c.?data.orValue(1)]',
    )
    expect([...references]).toEqual(['a', 'b', 'c'])
  })

  test('names the nodes that it reads in a macro', () => {
    const { references } = compileExpression(
      'input.map(i, i + nodes.a.data).filter(i, has(nodes.b.data.c) || i in nodes.?d.orValue([]))',
    )
    expect([...references]).toEqual(['a', 'b', 'd'])
  })

  test.each(['nodes', 'size(nodes)', 'nodes[input.name]', 'input.map(i, nodes[i])'])(
    '%s is refused, as it could read any node',
    (source) => {
      expect(() => compileExpression(source)).toThrow(
        expect.objectContaining({ code: 'expression.invalid' }),
      )
    },
  )

  test('gives what is there already as it is, however it comes to it', () => {
    const chunks = [{ text: 'one' }, { text: 'two' }]
    const evaluate = (source: string) =>
      compileExpression(source).evaluate({ input: {}, nodes: { find: { data: { chunks } } } })
    expect(evaluate('nodes.find.data.chunks')).toBe(chunks)
    expect(evaluate('nodes.?find.?data.?chunks')).toBe(chunks)
    expect(evaluate('{"chunks": nodes.find.data.chunks}')).toHaveProperty('chunks', chunks)
    expect(evaluate('nodes.find.data.chunks.filter(c, true)')).toEqual(chunks)
    expect((evaluate('nodes.find.data.chunks.map(c, c)') as object[])[1]).toBe(chunks[1])
  })

  test('asks only for the nodes that it names', () => {
    const nodes = {
      find: { data: 1 },
      get other(): never {
        throw new Error('Nobody has asked for it')
      },
    }
    expect(compileExpression('nodes.find.data').evaluate({ input: {}, nodes })).toBe(1)
  })

  test.each([
    '1.0 / 0.0',
    'input.count / 0',
    '[0.0 / 0.0]',
    'type(1)',
    'b"abc"',
    '[duration("1h")]',
  ])('%s has no form in JSON', (source) => {
    expect(() => evaluate(source)).toThrow(expect.objectContaining({ code: 'expression.failed' }))
  })

  test.each([
    'input.all.map(i, input.all + input.all)',
    'input.all.map(i, i in input.all)',
    'input.all.exists(i, input.text.contains("y")) || true',
    'input.all.map(i, input.text).join()',
    `[input.text]${'.map(t, t + t)'.repeat(20)}`,
    'input.all.filter(i, [input.all] == [[input.all]])',
    'input.all.map(i, input.text.split(""))',
    'input.all.map(i, input.text + "y" < input.text)',
    'input.all.map(i, timestamp("2026-01-02T00:00:00Z").getHours("Asia/Seoul"))',
  ])('%s is stopped before it costs too much', (source) => {
    const input = { all: Array(10_000).fill({ id: 1 }), text: 'x'.repeat(10_000) }
    expect(() => compileExpression(source).evaluate({ input, nodes: {} })).toThrow(
      expect.objectContaining({ code: 'expression.too-expensive' }),
    )
    // The next one is not in debt for it.
    expect(compileExpression('size(input.all)').evaluate({ input, nodes: {} })).toBe(10_000)
  })

  test('says what is wrong in a message that is short enough to be shown', () => {
    const source = `input["${'x'.repeat(1900)}"]`
    expect(() => evaluate(source)).toThrow(/^No such key: x+… in `input\["x+…`$/)
    expect(() => evaluate('loop.nothing + loop')).toThrow('No such key: nothing in')
    expect(() => evaluate('loop + 1')).toThrow(/^(?!.*l__p)/)
  })

  test.each([
    'constructor',
    'input.constructor',
    'input.__proto__',
    'nodes.find.data.chunks.length',
    'input.name.constructor',
    'nodes["__proto__"].data',
    'nodes["construc" + "tor"]',
    'loop.item.constructor',
    'vars.constructor',
    'input.prototype',
    'input["__proto__"]',
    'nodes.find.data.chunks.map(c, c.constructor)',
    'nodes.find.data.chunks.map(c, c["__proto__"])',
    '[].constructor',
    '{}.constructor',
    '"a".__proto__',
    'optional.constructor',
    'cel.constructor',
    'has(input.constructor) ? 1 : input.constructor',
    'process.env',
    'globalThis',
  ])('%s reaches nothing but data', (source) => {
    expect(() => evaluate(source)).toThrow(expect.objectContaining({ kind: 'invalid' }))
  })

  test.each([
    ['a regular expression', '"aaaa".matches("(a+)+$")'],
    ['a macro inside a macro', '[1].map(a, [1].map(b, b))'],
    ['a value that doubles itself', 'cel.bind(a, "x", cel.bind(b, a + a, b + b))'],
    ['a name that nobody has given', 'lop.item'],
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

  test('leaves all data as it is, whatever it looks like', () => {
    const text = fc
      .array(
        fc.oneof(
          fc.constantFrom(
            '{{',
            '}}',
            '{{ input.name }}',
            '{{ nodes.x }}',
            '{',
            '}',
            '$&',
            '\\',
            '`',
          ),
          fc.string({ unit: 'grapheme' }),
        ),
      )
      .map((parts) => parts.join(''))
    fc.assert(
      fc.property(text, fc.jsonValue(), (value, json) => {
        const data = { input: { value, json: [json] }, nodes: { a: { data: value } } }
        const fill = (source: string) => compileTemplate(source).render(data)
        expect(fill('{{ input.value }}')).toBe(value)
        expect(fill('<{{ input.value }}|{{nodes.a.data}}>')).toBe(`<${value}|${value}>`)
        expect(renderDeep({ a: ['{{ input.json }}'] }, data)).toEqual({ a: [[json]] })
      }),
    )
  })

  test('makes text of every value', () => {
    expect(render('{{ input.count }}{{ true }}{{ null }}{{ [1, "a"] }}')).toBe('2true[1,"a"]')
  })

  test('without an end to its hole is refused', () => {
    expect(() => compileTemplate('Hi {{ input.name }')).toThrow(
      expect.objectContaining({ code: 'template.unclosed-hole' }),
    )
  })

  test('keeps fields of any name where they are', () => {
    const value = JSON.parse('{"__proto__": "{{ input.count }}", "constructor": 1}')
    expect(JSON.stringify(renderDeep(value, scope))).toBe('{"__proto__":2,"constructor":1}')
    expect(Object.prototype).not.toHaveProperty('polluted')
  })

  test('is rendered wherever it stands in a value', () => {
    expect(renderDeep({ a: ['{{ input.count }}', 1], b: null }, scope)).toEqual({
      a: [2, 1],
      b: null,
    })
  })
})
