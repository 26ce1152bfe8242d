import { damaged, encrypted } from '../parse-error.ts'
import type { Metadata, ParsedDocument, ParseLimits } from '../parsed.ts'
import type { Archive } from './archive.ts'
import { createHancomDocument } from './hancom-document.ts'
import { sectionHandlers } from './hwpx-section.ts'
import { readXml } from './xml.ts'

const PACKAGE = 'Contents/content.hpf'
const MANIFEST = 'META-INF/manifest.xml'

export function isHwpx({ has }: Archive): boolean {
  return has(PACKAGE)
}

/**
 * A document of Hancom Office as OWPML (KS X 6101): as `parseCompoundFile` for the older form.
 *
 * @throws ParseError `document.encrypted`
 */
export async function parseHwpx(archive: Archive, limits: ParseLimits): Promise<ParsedDocument> {
  if (await isEncrypted(archive)) throw encrypted()
  const { parts, metadata } = await readPackage(archive)
  const header = parts.find((part) => /(?:^|\/)header\.xml$/i.test(part))
  const levels = header ? await outlineLevels(archive, header) : new Map<string, number>()
  const document = createHancomDocument(limits)
  const sections = parts.filter((part) => /(?:^|\/)section\d+\.xml$/i.test(part))
  if (sections.length === 0) throw damaged('The document has no section')
  for (const section of sections) {
    await readXml(archive, section, sectionHandlers(document, levels))
  }
  return document.end(metadata)
}

async function isEncrypted(archive: Archive): Promise<boolean> {
  let found = false
  if (!archive.has(MANIFEST)) return found
  await readXml(archive, MANIFEST, {
    open(name) {
      found ||= name === 'encryption-data'
    },
  })
  return found
}

/** The parts in the order of reading, as the spine has them. */
async function readPackage(archive: Archive) {
  const targets = new Map<string, string>()
  const parts: string[] = []
  const metadata: { title?: string; author?: string; language?: string } = {}
  let key: keyof Metadata | undefined
  await readXml(archive, PACKAGE, {
    open(name, { id, href, idref, name: property }) {
      if (name === 'item' && id && href) targets.set(id, href)
      else if (name === 'itemref' && idref) {
        const href = targets.get(idref)
        const part = [href, `Contents/${href}`].find((path) => path && archive.has(path))
        if (part) parts.push(part)
      } else if (name === 'title' || name === 'language') key = name
      else if (name === 'meta' && property === 'creator') key = 'author'
    },
    text(text) {
      if (key) metadata[key] = (metadata[key] ?? '') + text
    },
    close() {
      key = undefined
    },
  })
  return { parts, metadata }
}

async function outlineLevels(archive: Archive, part: string): Promise<Map<string, number>> {
  const levels = new Map<string, number>()
  let shape: string | undefined
  await readXml(archive, part, {
    open(name, { id, type, level }) {
      if (name === 'paraPr') shape = id
      else if (name === 'heading' && type === 'OUTLINE' && shape !== undefined) {
        levels.set(shape, Number(level ?? 0) + 1)
      }
    },
    close(name) {
      if (name === 'paraPr') shape = undefined
    },
  })
  return levels
}
