import { createDocumentWriter, type DocumentWriter } from '../document-writer.ts'
import { tooManyPages } from '../parse-error.ts'
import type { Metadata, ParsedDocument, ParseLimits } from '../parsed.ts'
import { HancomPages, type LaidLine, type LaidObject } from './hancom-pages.ts'
import { createStory, type Story } from './story.ts'

/** A document of Hancom Office as its records or elements come, in either form. */
export interface HancomDocument {
  readonly story: Story
  readonly pages: Pick<HancomPages, 'body' | 'columns'>
  section(): void
  /** A paragraph of the body begins: not one within a table, a text box or a note. */
  open(begins: 'page' | 'column' | undefined): void
  line(line: LaidLine): void
  /** A table or a picture that is no letter of a line and keeps lines away. */
  between(object: LaidObject): void
  /** What stands within the paragraph belongs to the page on which that begins. */
  close(): void
  end(metadata?: Metadata): ParsedDocument
}

/** Keeps what a paragraph of the body holds until its lines are known, which come after it. */
export function createHancomDocument(limits: ParseLimits): HancomDocument {
  const writer = createDocumentWriter(limits)
  const pages = new HancomPages()
  let held: ((to: DocumentWriter) => void)[] = []
  let lines: LaidLine[] = []
  let begins: 'page' | 'column' | undefined
  let object: LaidObject | undefined
  const story = createStory({
    heading: (level, title) => held.push((to) => to.heading(level, title)),
    paragraph: (text) => held.push((to) => to.paragraph(text)),
    table: (rows, header) => held.push((to) => to.table(rows, header)),
  })

  function release() {
    for (const write of held) write(writer)
    held = []
  }

  return {
    story,
    pages,
    section: () => pages.section(),

    open(how) {
      begins = how
      lines = []
      object = undefined
    },

    line: (line) => lines.push(line),

    between({ height, mayBeCut }) {
      object = {
        height: height + (object?.height ?? 0),
        mayBeCut: mayBeCut || object?.mayBeCut === true,
      }
    },

    close() {
      const page = pages.paragraph({ lines, begins, object })
      // Until the end it is not known whether pages are.
      if (page <= limits.maxPages) writer.page(page)
      release()
    },

    end(metadata) {
      // Words of a damaged file that stand in no paragraph of the body.
      release()
      const { pageCount: _counted, ...document } = writer.end(metadata)
      const { count } = pages
      if (count === undefined) return { ...document, blocks: document.blocks.map(withoutPage) }
      if (count > limits.maxPages) throw tooManyPages(limits.maxPages)
      return { ...document, pageCount: count }
    },
  }
}

function withoutPage({ page: _page, ...block }: ParsedDocument['blocks'][number]) {
  return block
}
