import { describe, expect, test } from 'vitest'
import { outlineOf, parse } from '../testing/parse.ts'

const outline = async (name: string, content: string | Uint8Array) =>
  outlineOf(await parse(name, content))
const failure = async (name: string, content: string | Uint8Array) =>
  parse(name, content).then(
    () => 'no failure',
    ({ code }: { code: string }) => code,
  )

describe('text and Markdown', () => {
  test('stay as they are', async () => {
    const text = '# 환불\r\n\r\n7일  안에\r\n'

    expect((await parse('a.md', text)).text).toBe(text)
    expect(await outline('a.md', text)).toEqual(['환불: 7일  안에'])
    expect(await outline('a.txt', text)).toEqual([': # 환불', ': 7일  안에'])
    expect((await parse('a.md', text)).metadata).toEqual({ title: '환불' })
  })

  test('of a million characters in one line are read', async () => {
    expect((await parse('a.txt', '가'.repeat(1_000_000))).blocks).toHaveLength(1)
  })

  test('without a name of a kind are plain text', async () => {
    expect(await outline('README', '# a')).toEqual([': # a'])
  })
})

describe('pages', () => {
  test('are what a reader sees: headings, paragraphs, tables, listings, words of links', async () => {
    const page = `<!doctype html><html lang="ko"><head><title>환불 안내</title>
      <meta name="Author" content="고객센터"><style>p { color: red }</style></head><body>
      <nav><a href="/">Home</a></nav><h1>환불</h1><p>받은 날부터 <b>7일</b> 안에
      <a href="https://example.com">신청</a>하세요.<br>예외 없음</p>
      <table><tr><th>결제</th><th>기간</th></tr><tr><td rowspan="2">카드</td><td>3일</td></tr>
      <tr><td>5 &amp; 6일</td></tr></table>
      <h2>Code</h2><pre>const a = 1

const b = 2</pre><script>alert('x')</script><p hidden>secret</p>
      <p style="display: none">also <img alt="hidden"></p><ul><li>하나<li>둘</ul></body></html>`

    const document = await parse('page.html', page)

    expect(document.metadata).toEqual({ title: '환불 안내', author: '고객센터', language: 'ko' })
    expect(outlineOf(document)).toEqual([
      '환불: 받은 날부터 7일 안에 신청하세요.\n예외 없음',
      '환불: | 결제 | 기간 |\n| --- | --- |\n| 카드 | 3일 |\n| 카드 | 5 & 6일 |',
      '환불 > Code: ```\nconst a = 1\n\nconst b = 2\n```',
      '환불 > Code: 하나',
      '환불 > Code: 둘',
    ])
  })

  test('with a main part are that part', async () => {
    const words = '환불은 받은 날부터 일주일 안에 신청할 수 있습니다. '.repeat(10)
    const page = `<body><div>Menu</div><main><h1>환불</h1><p>${words}</p></main><div>Ads</div></body>`

    expect(await outline('page.html', page)).toEqual([`환불: ${words.trim()}`])
  })

  test('with tables for their layout are paragraphs', async () => {
    const page = '<table><tr><td>하나</td></tr><tr><td>둘</td></tr></table>'

    expect(await outline('page.html', page)).toEqual([': 하나', ': 둘'])
  })

  test('are known without a name, and read in the encoding that they name', async () => {
    const inEucKr = Buffer.concat([
      Buffer.from('<!DOCTYPE html><meta charset="euc-kr"><p>'),
      Buffer.from('c8afbad2', 'hex'),
    ])

    expect(await outline('page', inEucKr)).toEqual([': 환불'])
  })

  test('that nest without end, or close nothing, are read', async () => {
    const deep = `${'<div>'.repeat(4000)}환불${'</b>'.repeat(1000)}`
    const spans = `<table>${'<tr><td colspan=99999 rowspan=99999>x'.repeat(50)}</table>`

    expect(await outline('deep.html', deep)).toEqual([': 환불'])
    expect(await failure('deep.html', '<b>'.repeat(100_000))).toBe('document.too-deep')
    expect((await parse('wide.html', spans)).text.length).toBeLessThan(200_000)
  })

  test('whose text is all hidden are empty', async () => {
    expect(await failure('page.html', '<html><script>let a = 1</script></html>')).toBe(
      'document.empty',
    )
  })
})

describe('tables in text', () => {
  test.each([
    ['comma', 'a.csv', '이름,설명\n김,"서울, 한국"\n이,"말 ""인용"""'],
    ['empty lines', 'a.csv', '\n이름,설명\n\n\n김,"서울, 한국"\n\n이,"말 ""인용"""\n\n'],
    ['semicolon', 'a.csv', '이름;설명\r\n김;서울, 한국\r\n이;"말 ""인용"""\r\n'],
    ['tab', 'a.tsv', '이름\t설명\n김\t서울, 한국\n이\t"말 ""인용"""'],
  ])('are read with a %s between the fields', async (_delimiter, name, content) => {
    expect(await outline(name, content)).toEqual([
      ': | 이름 | 설명 |\n| --- | --- |\n| 김 | 서울, 한국 |\n| 이 | 말 "인용" |',
    ])
  })

  test('keep lines within a field, and have no header when the first row is data', async () => {
    expect(await outline('a.csv', '1,"a\nb"\n2,c|d')).toEqual([
      ': |  |  |\n| --- | --- |\n| 1 | a b |\n| 2 | c\\|d |',
    ])
  })

  test('in CP949 are read, as Excel writes them', async () => {
    const bytes = Buffer.concat([Buffer.from('c0ccb8a7', 'hex'), Buffer.from(',a\nx,y')])

    expect(await outline('a.csv', bytes)).toEqual([': | 이름 | a |\n| --- | --- |\n| x | y |'])
  })

  test('after a byte order mark begin with their first field, also a quoted one', async () => {
    expect(await outline('a.csv', '\ufeff"이름";설명\r\n"김\r\n철수";"a;b"\r\n')).toEqual([
      ': | 이름 | 설명 |\n| --- | --- |\n| 김 철수 | a;b |',
    ])
  })

  test('that are long are pieces of whole rows, each with the header', async () => {
    const rows = Array.from({ length: 200 }, (_, n) => `상품${n},"설명 ${n}, 길게\n씁니다"`)
    const pieces = await outline('a.csv', ['이름,설명', ...rows].join('\n'))

    expect(pieces.length).toBeGreaterThan(3)
    for (const piece of pieces)
      expect(piece).toMatch(/^: \| 이름 \| 설명 \|\n\| --- \| --- \|\n\| 상품/)
    const found = pieces.flatMap((piece) => piece.match(/\| 상품.*$/gm) ?? [])
    expect(found).toEqual(rows.map((_, n) => `| 상품${n} | 설명 ${n}, 길게 씁니다 |`))
  })

  test('with a quotation that does not end are damaged', async () => {
    expect(await failure('a.csv', 'a,b\n"c,d')).toBe('document.damaged')
  })
})

describe('JSON', () => {
  test('is a record per member, with the path to each value', async () => {
    const list = '[{"이름":"김","주소":{"시":"서울"},"tags":["a","b"]},{"이름":"이","빈":null}]'

    expect(await outline('a.json', list)).toEqual([
      ': 이름: 김\n주소.시: 서울\ntags: a, b',
      ': 이름: 이',
    ])
    expect(await outline('a.jsonl', '{"a":1}\n\n{"a":{"b":[{"c":true}]}}\n')).toEqual([
      ': a: 1',
      ': a.b.1.c: true',
    ])
  })

  test('has a heading per part of an object', async () => {
    const object = '{"version":1,"refund":{"days":7,"cards":{"days":3}}}'

    expect(await outline('a.json', object)).toEqual([
      ': version: 1',
      'refund: days: 7',
      'refund > cards: days: 3',
    ])
  })

  test.each([
    ['document.damaged', '{"a":'],
    ['document.damaged', '{"a":1} and more'],
    ['document.too-deep', `${'[{"a":'.repeat(200)}1${'}]'.repeat(200)}`],
    ['document.too-deep', `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
    ['document.empty', '{}'],
  ])('%s: %#', async (code, content) => {
    expect(await failure('a.json', content)).toBe(code)
  })

  test('with a name that objects of JavaScript have is only data', async () => {
    expect(await outline('a.json', '{"__proto__":{"admin":true}}')).toEqual([
      '__proto__: admin: true',
    ])
  })
})

describe('files that are not what they seem', () => {
  test.each([
    ['document.wrong-extension', 'letter.pdf', '<html>404</html>'],
    ['document.wrong-extension', 'letter.hwp', 'text'],
    ['document.unsupported-format', 'picture.svg', '<svg xmlns="x"><script>1</script></svg>'],
    ['document.unsupported-format', 'data.xml', '<?xml version="1.0"?><a/>'],
    ['document.unsupported-format', 'letter.txt', '{\\rtf1 text}'],
    ['document.unsupported-format', 'program.txt', 'MZ\0\0\0'],
    ['document.empty', 'empty.txt', ''],
    ['document.empty', 'empty.md', ' \n'],
    ['document.empty', 'empty.csv', ''],
    ['document.empty', 'blank.csv', '\n'.repeat(2_000_000)],
  ])('%s: %s', async (code, name, content) => {
    expect(await failure(name, content)).toBe(code)
  })
})
