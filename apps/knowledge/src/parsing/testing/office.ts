import { strToU8, type Zippable, zipSync } from 'fflate'

type Parts = Readonly<Record<string, string | Uint8Array>>

/** A zip file of these parts, in this order. */
export function zip(parts: Parts): Uint8Array {
  const files: Zippable = {}
  for (const [name, part] of Object.entries(parts)) {
    files[name] = typeof part === 'string' ? strToU8(part) : part
  }
  return zipSync(files)
}

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
const TYPES = 'application/vnd.openxmlformats-officedocument'
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

function contentTypes(part: string, type: string): Parts {
  const override = `<Override PartName="/${part}" ContentType="${type}"/>`
  return {
    '[Content_Types].xml': `${XML}<Types xmlns="x">${override}</Types>`,
    'docProps/core.xml': `${XML}<cp:coreProperties xmlns:cp="c" xmlns:dc="d"><dc:title>제목</dc:title><dc:creator>김작가</dc:creator></cp:coreProperties>`,
  }
}

function relations(targets: Readonly<Record<string, [kind: string, target: string]>>): string {
  const all = Object.entries(targets).map(
    ([id, [kind, target]]) =>
      `<Relationship Id="${id}" Type="${RELATIONS}/${kind}" Target="${target}"/>`,
  )
  return `${XML}<Relationships xmlns="r">${all.join('')}</Relationships>`
}

const STYLES = `${XML}<w:styles xmlns:w="w">
  <w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/></w:style>
  <w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 2"/></w:style>
  <w:style w:type="paragraph" w:styleId="Mine"><w:name w:val="My own"/><w:basedOn w:val="2"/></w:style>
  <w:style w:type="paragraph" w:styleId="Loop"><w:name w:val="Loop"/><w:basedOn w:val="Loop"/></w:style>
</w:styles>`

/** @param body what stands in `w:body` */
export function docx(body: string, parts: Parts = {}): Uint8Array {
  const main = 'word/document.xml'
  return zip({
    ...contentTypes(main, `${TYPES}.wordprocessingml.document.main+xml`),
    'word/_rels/document.xml.rels': relations({
      rId1: ['styles', 'styles.xml'],
      rId2: ['footnotes', '/word/footnotes.xml'],
    }),
    'word/styles.xml': STYLES,
    'word/footnotes.xml': `${XML}<w:footnotes xmlns:w="w"><w:footnote>${paragraph('각주')}</w:footnote></w:footnotes>`,
    [main]: `${XML}<w:document xmlns:w="w"><w:body>${body}</w:body></w:document>`,
    ...parts,
  })
}

export function paragraph(text: string, style?: string): string {
  const properties = style ? `<w:pPr><w:pStyle w:val="${style}"/></w:pPr>` : ''
  return `<w:p>${properties}<w:r><w:t>${text}</w:t></w:r></w:p>`
}

/** @param slides what stands in the `p:spTree` of each; @param notes of the first */
export function pptx(slides: readonly string[], notes?: string): Uint8Array {
  const main = 'ppt/presentation.xml'
  const ids = slides.map((_slide, index) => `<p:sldId id="${256 + index}" r:id="rId${index}"/>`)
  const targets = slides.map(
    (_slide, index) => [`rId${index}`, ['slide', `slides/slide${index}.xml`]] as const,
  )
  const slideParts = slides.map((slide, index) => [
    `ppt/slides/slide${index}.xml`,
    `${XML}<p:sld xmlns:p="p" xmlns:a="a"><p:cSld><p:spTree>${slide}</p:spTree></p:cSld></p:sld>`,
  ])
  return zip({
    ...contentTypes(main, `${TYPES}.presentationml.presentation.main+xml`),
    [main]: `${XML}<p:presentation xmlns:p="p" xmlns:r="r"><p:sldIdLst>${ids.join('')}</p:sldIdLst></p:presentation>`,
    'ppt/_rels/presentation.xml.rels': relations(
      Object.fromEntries(targets) as unknown as Record<string, [string, string]>,
    ),
    ...Object.fromEntries(slideParts),
    ...(notes !== undefined && {
      'ppt/slides/_rels/slide0.xml.rels': relations({ n: ['notesSlide', '../notesSlides/n.xml'] }),
      'ppt/notesSlides/n.xml': `${XML}<p:notes xmlns:p="p" xmlns:a="a">${notes}</p:notes>`,
    }),
  })
}

export function shape(text: string, placeholder?: string): string {
  const type = placeholder
    ? `<p:nvSpPr><p:nvPr><p:ph type="${placeholder}"/></p:nvPr></p:nvSpPr>`
    : ''
  return `<p:sp>${type}<p:txBody><a:p><a:r><a:t>${text}</a:t></a:r></a:p></p:txBody></p:sp>`
}

interface SheetFixture {
  readonly name: string
  readonly state?: string
  /** What stands in `worksheet`. */
  readonly xml: string
}

/** Styles of cells: 0 as it is, 1 a date, 2 a percentage, 3 a date and time of our own making. */
const NUMBERS = `${XML}<styleSheet><numFmts><numFmt numFmtId="164" formatCode="yyyy&quot;년&quot; m/d h:mm"/></numFmts>
  <cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>
  <cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="10"/><xf numFmtId="164"/></cellXfs></styleSheet>`

export function xlsx(sheets: readonly SheetFixture[], strings: readonly string[] = []): Uint8Array {
  const main = 'xl/workbook.xml'
  const list = sheets.map(
    ({ name, state = 'visible' }, index) =>
      `<sheet name="${name}" sheetId="${index + 1}" state="${state}" r:id="rId${index}"/>`,
  )
  const targets = sheets.map(
    (_sheet, index) => [`rId${index}`, ['worksheet', `worksheets/${index}.xml`]] as const,
  )
  return zip({
    ...contentTypes(main, `${TYPES}.spreadsheetml.sheet.main+xml`),
    [main]: `${XML}<workbook xmlns:r="r"><sheets>${list.join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relations({
      ...(Object.fromEntries(targets) as unknown as Record<string, [string, string]>),
      rStrings: ['sharedStrings', 'sharedStrings.xml'],
      rStyles: ['styles', 'styles.xml'],
    }),
    'xl/styles.xml': NUMBERS,
    'xl/sharedStrings.xml': `${XML}<sst>${strings.map((text) => `<si>${text}</si>`).join('')}</sst>`,
    ...Object.fromEntries(
      sheets.map(({ xml }, index) => [
        `xl/worksheets/${index}.xml`,
        `${XML}<worksheet>${xml}</worksheet>`,
      ]),
    ),
  })
}
