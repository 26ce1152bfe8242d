import { createDocumentWriter, type DocumentWriter } from '../document-writer.ts'
import type { ParsedDocument, ParseLimits } from '../parsed.ts'
import type { Archive } from './archive.ts'
import { levelOfOutline, levelsOfStyles } from './docx-styles.ts'
import { propertiesOf, relationsOf } from './office-package.ts'
import { createStory } from './story.ts'
import { type Attributes, readXml, type XmlHandlers } from './xml.ts'

/** Twins of something that is there already, and what no reader sees. */
const DROPPED = new Set(['Fallback', 'del', 'moveFrom', 'instrText'])

/**
 * A text of Word (ECMA-376, WordprocessingML): paragraphs with their headings, tables, text boxes,
 * foot- and endnotes at the end. Deleted and hidden text is left out. Pages are those that Word had
 * laid out when it saved the file; other programs do not say them.
 */
export async function parseDocx(
  archive: Archive,
  main: string,
  limits: ParseLimits,
): Promise<ParsedDocument> {
  const relations = [...(await relationsOf(archive, main)).values()]
  const part = (kind: string) => relations.find((relation) => relation.kind === kind)?.target
  const levels = await levelsOfStyles(archive, part('styles'))
  const writer = createDocumentWriter(limits)
  await readXml(archive, main, bodyHandlers(writer, levels))
  for (const kind of ['footnotes', 'endnotes']) {
    const notes = part(kind)
    if (notes) await readXml(archive, notes, bodyHandlers(writer, levels))
  }
  return writer.end(await propertiesOf(archive))
}

function bodyHandlers(writer: DocumentWriter, levels: ReadonlyMap<string, number>): XmlHandlers {
  const story = createStory(writer)
  /** A text box is a paragraph within a paragraph. */
  const headings: (number | undefined)[] = []
  let page = 1
  let dropped = 0
  let isText = false
  let isHidden = false
  let place = { columns: 1, continues: false }

  /** What has begun on the page before belongs to that. */
  function turn() {
    if (page > 1 && story.isBlank) writer.page(page)
  }

  const opened: Readonly<Record<string, (attributes: Attributes) => void>> = {
    p() {
      story.openParagraph()
      headings.push(undefined)
    },
    pStyle(attributes) {
      headings[headings.length - 1] ??= levels.get(attributes['w:val'] ?? '')
    },
    outlineLvl(attributes) {
      headings[headings.length - 1] = levelOfOutline(attributes['w:val'])
    },
    r() {
      isHidden = false
    },
    vanish(attributes) {
      isHidden = attributes['w:val'] !== '0' && attributes['w:val'] !== 'false'
    },
    t() {
      isText = true
    },
    tab: () => story.text('\t'),
    br: () => story.text('\n'),
    cr: () => story.text('\n'),
    noBreakHyphen: () => story.text('-'),
    lastRenderedPageBreak() {
      page++
      turn()
    },
    tbl: () => story.openTable(),
    tr: () => story.openRow(),
    tc() {
      story.openCell()
      place = { columns: 1, continues: false }
    },
    gridSpan(attributes) {
      place.columns = Number(attributes['w:val'])
    },
    vMerge(attributes) {
      place.continues = attributes['w:val'] !== 'restart'
    },
  }
  const closed: Readonly<Record<string, () => void>> = {
    p() {
      story.closeParagraph(headings.pop())
      turn()
    },
    t() {
      isText = false
    },
    tc: () => story.closeCell(place),
    tbl() {
      story.closeTable()
      turn()
    },
  }
  return {
    open(name, attributes) {
      if (dropped > 0 || DROPPED.has(name)) dropped++
      else if (Object.hasOwn(opened, name)) opened[name]?.(attributes)
    },
    text(text) {
      if (isText && !isHidden && dropped === 0) story.text(text)
    },
    close(name) {
      if (dropped > 0) dropped--
      else if (Object.hasOwn(closed, name)) closed[name]?.()
    },
  }
}
