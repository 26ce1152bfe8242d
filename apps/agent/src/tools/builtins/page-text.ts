import { Parser } from 'htmlparser2'

export interface PageText {
  readonly title: string
  readonly text: string
  /** Where the page leads, in its order. */
  readonly links: readonly { readonly text: string; readonly url: string }[]
}

/** What no reader of the page sees. */
const SILENT: ReadonlySet<string> = new Set([
  ...['script', 'style', 'noscript', 'template', 'svg', 'iframe', 'object', 'head', 'select'],
])
const BLOCKS: ReadonlySet<string> = new Set([
  ...[
    'p',
    'div',
    'section',
    'article',
    'header',
    'footer',
    'main',
    'aside',
    'nav',
    'ul',
    'ol',
    'li',
  ],
  ...[
    'table',
    'tr',
    'blockquote',
    'pre',
    'h1',
    'h2',
    'h3',
    'h4',
    'h5',
    'h6',
    'br',
    'hr',
    'dl',
    'dt',
  ],
  ...['dd', 'figure', 'figcaption', 'form', 'fieldset', 'title'],
])
const MAX_LINKS = 50
const MAX_LINK_TEXT = 200
const MAX_TITLE = 500

/** The words of a page, without what is not shown: text that is hidden from people is no text. */
export function pageText(html: string, baseUrl: string): PageText {
  const parts: string[] = []
  const links: { text: string; url: string }[] = []
  let title = ''
  let link: { text: string; url: string } | undefined
  /** Of each open element that hides what is in it. */
  const silent: string[] = []
  let inTitle = false

  const parser = new Parser({
    onopentag(name, attributes) {
      if (name === 'title' && title === '') inTitle = true
      if (silent.length > 0 || SILENT.has(name) || isHidden(attributes)) {
        if (!VOID.has(name)) silent.push(name)
        return
      }
      if (BLOCKS.has(name)) parts.push('\n')
      if (name === 'td' || name === 'th') parts.push('\t')
      if (name === 'a') link = linkOf(attributes.href, baseUrl)
    },
    ontext(text) {
      if (inTitle) title += text
      if (inTitle || silent.length > 0) return
      parts.push(text)
      if (link) link.text += text
    },
    onclosetag(name) {
      if (name === 'title') inTitle = false
      if (silent.length > 0) {
        if (silent.at(-1) === name) silent.pop()
        return
      }
      if (BLOCKS.has(name)) parts.push('\n')
      if (name === 'a' && link) {
        if (links.length < MAX_LINKS)
          links.push({ ...link, text: tidy(link.text).slice(0, MAX_LINK_TEXT) })
        link = undefined
      }
    },
  })
  parser.end(html)
  return { title: tidy(title).slice(0, MAX_TITLE), text: tidy(parts.join('')), links }
}

const VOID: ReadonlySet<string> = new Set([
  ...[
    'area',
    'base',
    'br',
    'col',
    'embed',
    'hr',
    'img',
    'input',
    'link',
    'meta',
    'source',
    'track',
    'wbr',
  ],
])

function isHidden(attributes: Readonly<Record<string, string>>): boolean {
  const { hidden, style = '' } = attributes
  if (hidden !== undefined || attributes['aria-hidden'] === 'true') return true
  return /(?:display:none|visibility:hidden|font-size:0(?:px)?(?:;|$)|opacity:0(?:;|$))/i.test(
    style.replace(/\s/g, ''),
  )
}

function linkOf(href: string | undefined, baseUrl: string) {
  const url = href === undefined ? null : URL.parse(href, baseUrl)
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') return undefined
  return { text: '', url: url.href.slice(0, 2000) }
}

/** Without characters that are not seen, and with no more space than reading needs. */
function tidy(text: string): string {
  return text
    .replace(/[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad]|[\u{e0000}-\u{e007f}]/gu, '')
    .split('\n')
    .map((line) => line.replace(/[^\S\n]+/g, ' ').trim())
    .filter((line) => line !== '')
    .join('\n')
}
