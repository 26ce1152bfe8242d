import { createDocumentWriter, type DocumentWriter } from '../document-writer.ts'
import { damaged } from '../parse-error.ts'
import type { ParsedDocument, ParseLimits } from '../parsed.ts'
import type { Archive } from './archive.ts'
import { propertiesOf, type Relation, relationsOf } from './office-package.ts'
import { createStory } from './story.ts'
import { readXml, type XmlHandlers } from './xml.ts'

/**
 * Slides (ECMA-376, PresentationML) in their order, each a page: its title is a heading, its text
 * boxes and tables follow as they stand in the file, then the notes of the speaker.
 */
export async function parsePptx(
  archive: Archive,
  main: string,
  limits: ParseLimits,
): Promise<ParsedDocument> {
  const writer = createDocumentWriter(limits)
  for (const [index, slide] of (await slidesOf(archive, main)).entries()) {
    writer.page(index + 1)
    await readXml(archive, slide, shapeHandlers(writer))
    const notes = [...(await relationsOf(archive, slide)).values()].find(isNotes)
    if (notes) await readXml(archive, notes.target, shapeHandlers(writer))
  }
  return writer.end(await propertiesOf(archive))
}

async function slidesOf(archive: Archive, main: string): Promise<string[]> {
  const relations = await relationsOf(archive, main)
  const slides: string[] = []
  await readXml(archive, main, {
    open(name, attributes) {
      if (name !== 'sldId') return
      const slide = relations.get(attributes['r:id'] ?? '')
      if (!slide) throw damaged('A slide is missing')
      slides.push(slide.target)
    },
  })
  return slides
}

function isNotes({ kind }: Relation): boolean {
  return kind === 'notesSlide'
}

/** The number, date and foot of each slide are no part of what it says. */
const FURNITURE = new Set(['sldNum', 'dt', 'ftr', 'hdr', 'sldImg'])

function shapeHandlers(writer: DocumentWriter): XmlHandlers {
  const story = createStory(writer)
  let placeholder: string | undefined
  let isText = false
  let dropped = 0
  let place: { columns: number; rows: number } | undefined

  return {
    open(name, attributes) {
      if (dropped > 0 || name === 'Fallback') dropped++
      else if (name === 'sp') placeholder = undefined
      else if (name === 'ph') placeholder = attributes.type
      else if (name === 'p') story.openParagraph()
      else if (name === 't') isText = true
      else if (name === 'br') story.text('\n')
      else if (name === 'tbl') story.openTable()
      else if (name === 'tr') story.openRow()
      else if (name === 'tc') {
        // A cell that another one covers is in the file too, and empty.
        const isCovered = attributes.hMerge === '1' || attributes.vMerge === '1'
        const columns = Number(attributes.gridSpan ?? 1)
        place = isCovered ? undefined : { columns, rows: Number(attributes.rowSpan ?? 1) }
        story.openCell()
      }
    },
    text(text) {
      if (isText && dropped === 0 && !FURNITURE.has(placeholder ?? '')) story.text(text)
    },
    close(name) {
      if (dropped > 0) dropped--
      else if (name === 'p') {
        const isTitle = placeholder === 'title' || placeholder === 'ctrTitle'
        story.closeParagraph(isTitle ? 1 : undefined)
      } else if (name === 't') isText = false
      else if (name === 'sp') placeholder = undefined
      else if (name === 'tc') story.closeCell(place)
      else if (name === 'tbl') story.closeTable()
    },
  }
}
