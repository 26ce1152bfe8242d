import { existsSync, statSync } from 'node:fs'
import { join, posix } from 'node:path'
import { ROOT, read } from './repository.ts'

const FENCE = /^(```|~~~)[\s\S]*?^\1/gm
const INLINE_CODE = /`[^`\n]*`/g
const LINK = /\]\(<?([^)\s>]+)>?(?:\s+"[^"]*")?\)|^\[[^\]]+\]:\s+(\S+)/gm
const ELSEWHERE = /^[a-z][a-z+.-]*:/i

/** The links of a Markdown text that lead into the repository, as they are written. */
export function relativeLinks(markdown: string): string[] {
  const prose = markdown.replaceAll(FENCE, '').replaceAll(INLINE_CODE, '')
  return [...prose.matchAll(LINK)]
    .map(([, inline, reference]) => inline ?? reference ?? '')
    .filter((link) => !ELSEWHERE.test(link) && !link.startsWith('//'))
}

/** The anchors that GitHub gives to the headings, and those that the text sets itself. */
export function anchorsOf(markdown: string): Set<string> {
  const anchors = new Set<string>()
  for (const [, heading = ''] of markdown
    .replaceAll(FENCE, '')
    .matchAll(/^#{1,6}\s+(.*?)\s*#*$/gm)) {
    const slug = heading
      .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\p{M}\p{Pc} -]/gu, '')
      .replaceAll(' ', '-')
    let anchor = slug
    for (let again = 1; anchors.has(anchor); again++) anchor = `${slug}-${again}`
    anchors.add(anchor)
  }
  for (const [, id = ''] of markdown.matchAll(/<a\s+(?:id|name)="([^"]+)"/g)) anchors.add(id)
  return anchors
}

/** The links of a file that lead nowhere. */
export function brokenLinks(path: string): string[] {
  const markdown = read(path)
  return relativeLinks(markdown).flatMap((link) => {
    const [file = '', anchor] = decodeURI(link).split('#')
    const target = file === '' ? path : posix.join(posix.dirname(path), file)
    const absolute = join(ROOT, target)
    if (target.startsWith('..') || !existsSync(absolute)) return [`${path}: ${link}: no such file`]
    if (anchor === undefined || !target.endsWith('.md') || !statSync(absolute).isFile()) return []
    return anchorsOf(read(target)).has(anchor) ? [] : [`${path}: ${link}: no such heading`]
  })
}
