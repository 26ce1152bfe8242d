import { posix } from 'node:path'
import type { Metadata } from '../parsed.ts'
import type { Archive } from './archive.ts'
import { readXml } from './xml.ts'

type Writable = { -readonly [Key in keyof Metadata]: Metadata[Key] }

export interface Relation {
  /** The end of its type, such as `slide`. */
  readonly kind: string
  /** The name of a part of this archive. */
  readonly target: string
}

/** The parts that a part refers to, by their ids; what is outside of the file is left out. */
export async function relationsOf(
  archive: Archive,
  part: string,
): Promise<ReadonlyMap<string, Relation>> {
  const folder = posix.dirname(part)
  const name = posix.join(folder, '_rels', `${posix.basename(part)}.rels`)
  const relations = new Map<string, Relation>()
  if (!archive.has(name)) return relations
  await readXml(archive, name, {
    open(element, { Id, Type, Target, TargetMode }) {
      if (element !== 'Relationship' || !Id || !Type || !Target || TargetMode === 'External') return
      const target = Target.startsWith('/') ? Target.slice(1) : posix.join(folder, Target)
      relations.set(Id, { kind: posix.basename(Type), target })
    },
  })
  return relations
}

/** What kind each part is: ECMA-376, part 2, annex on `[Content_Types].xml`. */
export async function contentTypesOf(archive: Archive): Promise<ReadonlyMap<string, string>> {
  const types = new Map<string, string>()
  await readXml(archive, '[Content_Types].xml', {
    open(element, { PartName, ContentType }) {
      if (element === 'Override' && PartName && ContentType) {
        types.set(PartName.replace(/^\//, ''), ContentType)
      }
    },
  })
  return types
}

const PROPERTIES: Readonly<Record<string, keyof Metadata>> = {
  title: 'title',
  creator: 'author',
  language: 'language',
}

export async function propertiesOf(archive: Archive): Promise<Metadata> {
  const metadata: Writable = {}
  let key: keyof Metadata | undefined
  if (!archive.has('docProps/core.xml')) return metadata
  await readXml(archive, 'docProps/core.xml', {
    open(name) {
      key = Object.hasOwn(PROPERTIES, name) ? PROPERTIES[name] : undefined
    },
    text(text) {
      if (key) metadata[key] = (metadata[key] ?? '') + text
    },
    close() {
      key = undefined
    },
  })
  return metadata
}
