import { describe, expect, test } from 'vitest'
import { docx, paragraph, pptx, shape, xlsx } from '../testing/office.ts'
import { outlineOf, parse } from '../testing/parse.ts'

const outline = async (name: string, content: Uint8Array) => outlineOf(await parse(name, content))

describe('a text of Word', () => {
  test('has headings by style, by a style that is based on one, and by level', async () => {
    const document = await parse(
      'a.docx',
      docx(
        `${paragraph('환불 규정', '1')}${paragraph('일주일 안에')}${paragraph('카드', 'Mine')}
         ${paragraph('사흘')}${paragraph('계속', 'Loop')}
         <w:p><w:pPr><w:outlineLvl w:val="2"/></w:pPr><w:r><w:t>해외</w:t></w:r></w:p>${paragraph('열흘')}`,
      ),
    )

    expect(document.metadata).toEqual({ title: '제목', author: '김작가' })
    expect(document.pageCount).toBeUndefined()
    expect(outlineOf(document)).toEqual([
      '환불 규정: 일주일 안에',
      '환불 규정 > 카드: 사흘',
      '환불 규정 > 카드: 계속',
      '환불 규정 > 카드 > 해외: 열흘',
      '환불 규정 > 카드 > 해외: 각주',
    ])
  })

  test('is what a reader sees: no deleted or hidden words, no instructions, no twins', async () => {
    const body = `<w:p><w:r><w:t>보이는 </w:t><w:tab/><w:t>글 &amp; 말</w:t></w:r>
      <w:del><w:r><w:delText>지움</w:delText></w:r></w:del>
      <w:r><w:rPr><w:vanish/></w:rPr><w:t>숨김</w:t></w:r><w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>!</w:t></w:r>
      <w:r><w:instrText>PAGE</w:instrText></w:r>
      <mc:AlternateContent><mc:Choice><w:txbxContent>${paragraph('상자')}</w:txbxContent></mc:Choice>
      <mc:Fallback><w:txbxContent>${paragraph('상자')}</w:txbxContent></mc:Fallback></mc:AlternateContent></w:p>`

    expect(await outline('a.docx', docx(body))).toEqual([': 상자', ': 보이는 \t글 & 말!', ': 각주'])
  })

  test('keeps tables whole, with merged cells repeated and inner tables as words', async () => {
    const cell = (text: string, properties = '') =>
      `<w:tc><w:tcPr>${properties}</w:tcPr>${paragraph(text)}</w:tc>`
    const inner = `<w:tbl><w:tr>${cell('안')}${cell('쪽')}</w:tr></w:tbl>`
    const table = `<w:tbl><w:tr>${cell('결제', '<w:gridSpan w:val="2"/>')}${cell('기간')}</w:tr>
      <w:tr>${cell('카드', '<w:vMerge w:val="restart"/>')}${cell('국내')}<w:tc>${paragraph('3일')}${inner}</w:tc></w:tr>
      <w:tr>${cell('', '<w:vMerge/>')}${cell('해외')}${cell('7일')}</w:tr></w:tbl>`

    expect((await outline('a.docx', docx(table)))[0]).toBe(
      ': | 결제 | 결제 | 기간 |\n| --- | --- | --- |\n| 카드 | 국내 | 3일 안 쪽 |\n| 카드 | 해외 | 7일 |',
    )
  })

  test('has the pages that Word has laid out: what begins on a page is on it', async () => {
    const turn = '<w:lastRenderedPageBreak/>'
    const body = `${paragraph('하나')}<w:p><w:r><w:t>둘 </w:t>${turn}<w:t>계속</w:t></w:r></w:p>
      <w:p><w:r>${turn}<w:t>셋</w:t></w:r></w:p>`

    expect(await outline('a.docx', docx(body))).toEqual([
      'p. 1: 하나',
      'p. 1: 둘 계속',
      'p. 3: 셋',
      'p. 3: 각주',
    ])
  })
})

describe('slides', () => {
  test('are pages with their title, tables and notes, in the order of the show', async () => {
    const cell = (text: string, attributes = '') =>
      `<a:tc ${attributes}><a:txBody><a:p><a:r><a:t>${text}</a:t></a:r></a:p></a:txBody></a:tc>`
    const table = `<p:graphicFrame><a:tbl><a:tr>${cell('구분', 'gridSpan="2"')}${cell('', 'hMerge="1"')}</a:tr>
      <a:tr>${cell('카드')}${cell('3일')}</a:tr></a:tbl></p:graphicFrame>`
    const slides = [
      `${shape('환불', 'title')}${shape('일주일')}${shape('7', 'sldNum')}`,
      `${shape('표', 'ctrTitle')}${table}`,
    ]

    const document = await parse('a.pptx', pptx(slides, shape('발표자 메모', 'body')))

    expect(document.pageCount).toBe(2)
    expect(outlineOf(document)).toEqual([
      '환불 > p. 1: 일주일',
      '환불 > p. 1: 발표자 메모',
      '표 > p. 2: | 구분 | 구분 |\n| --- | --- |\n| 카드 | 3일 |',
    ])
  })
})

describe('a workbook', () => {
  const row = (number: number, ...cells: string[]) => `<row r="${number}">${cells.join('')}</row>`
  const number = (at: string, value: string, style = 0) =>
    `<c r="${at}" s="${style}"><v>${value}</v></c>`
  const shared = (at: string, index: number) => `<c r="${at}" t="s"><v>${index}</v></c>`

  test('is a table per visible sheet, with dates and percentages as they are shown', async () => {
    const strings = [
      '<t>이름</t>',
      '<r><t>가입</t></r><r><t>일</t></r><rPh><t>reading</t></rPh>',
      '<t>비율</t>',
    ]
    const xml = `<sheetData>${row(1, shared('A1', 0), shared('B1', 1), shared('D1', 2))}
      ${row(3, '<c r="A3" t="inlineStr"><is><t>김</t></is></c>', number('B3', '45321', 1), number('D3', '0.125', 2))}
      ${row(4, '<c r="A4" t="str"><f>X()</f><v>이</v></c>', number('B4', '45321.5', 3), number('D4', '0.30000000000000004'))}
      ${row(5, '<c r="A5" t="b"><v>1</v></c>', number('B5', '59', 1))}</sheetData>`

    const document = await parse(
      'a.xlsx',
      xlsx(
        [
          { name: '회원', xml },
          { name: '숨김', state: 'hidden', xml },
          { name: '빈', xml: '' },
        ],
        strings,
      ),
    )

    expect(outlineOf(document)).toEqual([
      '회원 > p. 1: | 이름 | 가입일 | 비율 |\n| --- | --- | --- |\n| 김 | 2024-01-30 | 12.5% |\n| 이 | 2024-01-30 12:00:00 | 0.3 |\n| TRUE | 1900-02-28 |  |',
    ])
  })

  test('repeats merged cells, and is not impressed by large ones', async () => {
    const xml = `<sheetData>${row(1, shared('A1', 0), shared('B1', 1))}${row(2, shared('A2', 2), number('B2', '3'))}
      ${row(3, number('B3', '7'))}</sheetData><mergeCells><mergeCell ref="A2:A3"/><mergeCell ref="B1:XFD1048576"/><mergeCell ref="?"/></mergeCells>`

    const strings = ['<t>결제</t>', '<t>일</t>', '<t>카드</t>']
    expect(await outline('a.xlsx', xlsx([{ name: '표', xml }], strings))).toEqual([
      '표 > p. 1: | 결제 | 일 |\n| --- | --- |\n| 카드 | 3 |\n| 카드 | 7 |',
    ])
  })

  test('with one long string in a million cells has too much text', async () => {
    const cells = Array.from({ length: 20_000 }, () => '<c t="s"><v>0</v></c>').join('')
    const xml = `<sheetData><row>${cells}</row></sheetData>`

    const result = parse('a.xlsx', xlsx([{ name: '표', xml }], [`<t>${'x'.repeat(2000)}</t>`]))

    await expect(result).rejects.toMatchObject({ code: 'document.too-much-text' })
  })
})
