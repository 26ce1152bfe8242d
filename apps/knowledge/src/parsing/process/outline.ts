import type { Block, ParsedDocument } from '../parsed.ts'
import type { Outline } from './answer.ts'

export function outlineOf({ blocks, metadata, pageCount, warnings }: ParsedDocument): Outline {
  const sections: string[][] = []
  let last: readonly string[] | undefined
  const placed = blocks.map(({ headings, ...block }) => {
    if (headings !== last) sections.push([...headings])
    last = headings
    return { section: sections.length - 1, ...block }
  })
  return {
    ...{ sections, blocks: placed, metadata },
    ...(pageCount !== undefined && { pageCount }),
    ...(warnings && { warnings: warnings.map((one) => ({ ...one, pages: [...one.pages] })) }),
  }
}

export function documentOf(text: string, outline: Outline): ParsedDocument {
  const { sections, metadata, pageCount, warnings } = outline
  const blocks: Block[] = outline.blocks.map(({ section, ...block }) => ({
    headings: sections[section] ?? [],
    ...block,
  }))
  return {
    ...{ text, blocks, metadata },
    ...(pageCount !== undefined && { pageCount }),
    ...(warnings && { warnings }),
  }
}
