import type { Found } from './guardrail.ts'
import { normalise, placeOf, type Readable } from './normalise.ts'

type Config = Readonly<Record<string, unknown>>

const KIND = 'link'
const MAX_HOSTS = 200
/** Where what names no host leads: to whoever shows the text, by whichever scheme. */
const HERE = ['https://here.invalid', 'http://here.invalid']

/** What is taken for a URL wherever it stands. Where it ends, readers do not agree: see `bareIn`. */
const BARE = /(?:[a-z][a-z0-9+.-]{1,30}:[\\/]{2}|(?<![a-z0-9.])www\.)[^\s<>"]{1,4000}/giu
/** Up to where the name of a host may end, in brackets or not. */
const HOST_BEGINS = /^[^\\/]*[\\/]{0,9}(?:\[[0-9a-f:.]*\])?/i
const ENDS = /[`'()[\]{}|\\^]/u

/** `[words](target)`, and the line that says what a reference stands for. */
const INLINE = /\]\(\s{0,20}(?:<([^<>\n]{0,4000})>?|([^\s()<>]{1,4000}))/gu
const REFERENCE = /\]:\s{0,20}(?:<([^<>\n]{0,4000})>?|([^\s<>]{1,4000}))/gu
/** What browsers load or follow, in a tag of HTML or what is left of one. */
const ATTRIBUTE =
  /[\s"'/](?:href|src|srcset|poster|data|action|formaction|background|cite|longdesc|ping|manifest|style|xlink:href)\s{0,20}=\s{0,20}(?:"([^"]{0,4000})|'([^']{0,4000})|([^\s"'<>]{1,4000}))/giu
const URL_OF_STYLE = /url\(\s{0,20}["']?([^)"']{0,4000})/giu

/**
 * Targets that lead to other hosts than the rule allows: of links and pictures in Markdown and HTML, and URLs that stand there
 * by themselves. What can be read in two ways is one when either is.
 */
export function findLinks(config: Config, readable: Readable): Found[] {
  const allowed = new Set(hostsOf(config.hosts))
  const leadsOut = (target: string) => leadsElsewhere(target, allowed)
  const { text } = readable
  const places = [
    ...[...text.matchAll(BARE)].flatMap((match) => bareIn(match, leadsOut)),
    ...[INLINE, REFERENCE, ATTRIBUTE]
      .flatMap((form) => [...text.matchAll(form)].map(targetOf))
      .filter(({ target }) => leadsOut(target)),
  ]
  return merged(places).map(({ start, end }) => ({ kind: KIND, ...placeOf(readable, start, end) }))
}

interface Place {
  readonly target: string
  readonly start: number
  readonly end: number
}

/** As few of its characters as lead elsewhere; what comes before an `@` may yet be the name of a user. */
function bareIn(
  { 0: long, index }: RegExpMatchArray,
  leadsOut: (target: string) => boolean,
): Place[] {
  const start = index ?? 0
  const from = HOST_BEGINS.exec(long)?.[0].length ?? 0
  const end = long.slice(from).search(ENDS)
  const short = end < 0 ? long : long.slice(0, from + end)
  const found = [short, ...(long.includes('@') ? [long] : [])].find(leadsOut)
  return found === undefined ? [] : [{ target: found, start, end: start + found.length }]
}

/** It is what stands last in all of these forms. */
function targetOf(match: RegExpMatchArray): Place {
  const target = match.slice(1).find((group) => group !== undefined) ?? ''
  const whole = match[0].replace(/>$/, '')
  const end = (match.index ?? 0) + whole.length
  return { target, start: end - target.length, end }
}

/** One place for what two forms have found. */
function merged(places: readonly Place[]): Pick<Place, 'start' | 'end'>[] {
  const inOrder = places
    .filter(({ start, end }) => start < end)
    .toSorted((a, b) => a.start - b.start)
  const all: { start: number; end: number }[] = []
  for (const { start, end } of inOrder) {
    const last = all.at(-1)
    if (last && start <= last.end) last.end = Math.max(last.end, end)
    else all.push({ start, end })
  }
  return all
}

function leadsElsewhere(target: string, allowed: ReadonlySet<string>): boolean {
  const decoded = withoutEntities(target)
  if (decoded === undefined) return true
  const inStyle = [...decoded.matchAll(URL_OF_STYLE)].map(([, url = '']) => url)
  const several = decoded.split(/,\s+|\s+/)
  return [decoded, decoded.replace(/\\(?=[!-/:-@[-`{-~])/g, ''), ...inStyle, ...several].some(
    (one) => isElsewhere(/^www\./i.test(one) ? `https://${one}` : one, allowed),
  )
}

function isElsewhere(target: string, allowed: ReadonlySet<string>): boolean {
  return HERE.some((here) => {
    const url = URL.parse(target, here)
    if (!url) return /[\\/]{2}/.test(target)
    if (url.origin === here) return false
    const isWeb = url.protocol === 'http:' || url.protocol === 'https:'
    return isWeb ? !allowed.has(url.host) : /^[a-z][a-z0-9+.-]*:\S/i.test(target.trim())
  })
}

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** @returns undefined when there is one in it that stands for who knows what */
function withoutEntities(target: string): string | undefined {
  let isKnown = true
  const decoded = target.replace(
    /&(?:#(x?)([0-9a-f]{1,8});?|([a-z][a-z0-9]{1,40});)/gi,
    (...of) => {
      const [, hex, digits, name] = of as (string | undefined)[]
      const character = digits === undefined ? NAMED[String(name).toLowerCase()] : code(digits, hex)
      if (character === undefined) isKnown = false
      return character ?? ''
    },
  )
  return isKnown ? decoded : undefined
}

function code(digits: string, hex: string | undefined): string | undefined {
  const value = Number.parseInt(digits, hex ? 16 : 10)
  return value > 0 && value <= 0x10_ffff ? String.fromCodePoint(value) : undefined
}

/** `example.com`, with a port or not, or the origin of it. */
function hostsOf(hosts: unknown): string[] {
  if (!Array.isArray(hosts)) return []
  return hosts.flatMap((host) => hostOf(host) ?? [])
}

function hostOf(host: unknown): string | undefined {
  if (typeof host !== 'string' || /[\s@?#\\*]/.test(host)) return undefined
  const url = URL.parse(/^https?:\/\//i.test(host) ? host : `https://${host}`)
  return url?.pathname === '/' ? url.host : undefined
}

/** What is wrong with a rule when it is written down; undefined: nothing. */
export function linksProblem({ hosts = [] }: Config): string | undefined {
  const isList = Array.isArray(hosts) && hosts.length <= MAX_HOSTS
  if (isList && hosts.every((host) => hostOf(host) !== undefined)) return undefined
  return `has \`hosts\` that are not hosts such as \`docs.example.com\`, ${MAX_HOSTS} at most`
}

/** Longer ones are told when all is known. */
const MAX_OPEN = 2000
/** What may be the beginning of one of the forms above, at the end of what there is. */
const OPEN = [
  /(?:[a-z][a-z0-9+.-]{1,30}:[\\/]|www\.)[^\s<>"]*$/iu,
  /[a-z0-9+.-]{1,32}:?$/iu,
  /\](?:[(:]\s*(?:<[^<>\n]*|[^\s()<>]*))?$/u,
  /<(?:[a-z/!][^<>]*)?$/iu,
  /[\s"'/][a-z:]{0,10}(?:\s*=\s*(?:"[^"]*|'[^']*|[^\s"'<>]*))?$/iu,
]

/**
 * How much of the beginning of a text holds no link that goes on after it: so much may be told before the rest is known.
 *
 * @param text a few thousand characters at most
 * @returns undefined when what is open is longer than what is waited for
 */
export function closedLength(text: string): number | undefined {
  const { text: read, starts } = normalise(text)
  const opened = OPEN.map((form) => read.search(form)).filter((at) => at >= 0)
  const cut = beforeWhole(read, Math.min(read.length, ...opened))
  const length = starts[cut] ?? text.length
  return text.length - length > MAX_OPEN ? undefined : length
}

/** A text that comes in pieces, as far as it is closed. */
export interface OpenText {
  /** @returns what may be told now, which is nothing any more once too much is open */
  add(piece: string): string
  /** @returns what was not told yet, when all is known */
  rest(): string
}

/** A piece may be long; what is looked at again is not. */
const PIECE = 1000
/** What is open is looked at again when so many parts of it have come since: however short the pieces, a character is read a few dozen times. */
const PARTS = 16

export function openText(): OpenText {
  let open = ''
  /** Of what is open, how much was looked at in vain. */
  let settled = 0
  let isStopped = false

  function closedWith(piece: string): string {
    open += piece
    if (isStopped || open.length - settled < open.length / PARTS) return ''
    const length = closedLength(open)
    // Whatever this is, it is told when all of it is there.
    if (length === undefined) isStopped = true
    const closed = open.slice(0, length ?? 0)
    open = open.slice(closed.length)
    settled = open.length
    return closed
  }

  return {
    add(piece) {
      let closed = ''
      for (let at = 0; at < piece.length; at += PIECE) {
        closed += closedWith(piece.slice(at, at + PIECE))
      }
      return closed
    },
    rest() {
      const rest = open
      open = ''
      return rest
    },
  }
}

/** Where it does not cut one of the forms in two. */
function beforeWhole(text: string, cut: number): number {
  const over = [INLINE, REFERENCE, ATTRIBUTE, BARE]
    .flatMap((form) => [...text.matchAll(form)])
    .find(({ 0: whole, index }) => index < cut && cut < index + whole.length)
  return over ? beforeWhole(text, over.index) : cut
}
