import type { Archive } from './archive.ts'
import { readXml } from './xml.ts'

interface Style {
  id: string
  level: number | undefined
  basedOn: string | undefined
}

const MAX_ANCESTORS = 10

/** Which styles are headings, and of which level: by their outline level, or their name. */
export async function levelsOfStyles(
  archive: Archive,
  part: string | undefined,
): Promise<ReadonlyMap<string, number>> {
  const styles = new Map<string, Style>()
  if (part === undefined || !archive.has(part)) return new Map()
  let style: Style | undefined
  await readXml(archive, part, {
    open(name, attributes) {
      const value = attributes['w:val']
      if (name === 'style') {
        const id = attributes['w:styleId'] ?? ''
        style = { id, level: undefined, basedOn: undefined }
        styles.set(id, style)
      } else if (!style || value === undefined) return
      else if (name === 'outlineLvl') style.level = levelOfOutline(value)
      else if (name === 'basedOn') style.basedOn = value
      else if (name === 'name') style.level ??= levelOfName(value)
    },
    close(name) {
      if (name === 'style') style = undefined
    },
  })
  return new Map(
    [...styles.keys()].flatMap((id) => {
      const level = inherited(styles, id)
      return level === undefined ? [] : [[id, level] as const]
    }),
  )
}

function inherited(styles: ReadonlyMap<string, Style>, id: string): number | undefined {
  let style = styles.get(id)
  for (let steps = 0; style && steps < MAX_ANCESTORS; steps++) {
    if (style.level !== undefined) return style.level
    style = style.basedOn === undefined ? undefined : styles.get(style.basedOn)
  }
  return undefined
}

/** The names of Word's own styles are English in every language; `제목 1` is from other programs. */
function levelOfName(name: string): number | undefined {
  if (/^title$/i.test(name)) return 1
  const level = /^(?:heading|제목|개요) ?([1-9])$/i.exec(name)?.[1]
  return level === undefined ? undefined : Number(level)
}

/** Word counts from 0, and 9 is text. */
export function levelOfOutline(value: string | undefined): number | undefined {
  const level = Number(value ?? Number.NaN)
  return level >= 0 && level <= 8 ? level + 1 : undefined
}
