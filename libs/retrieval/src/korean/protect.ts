import { stemOf } from '../english/stem.ts'

/** A run that no morpheme analysis may cut: a Latin word, a number, an identifier, a measure. */
export interface ProtectedRun {
  readonly start: number
  readonly end: number
  readonly kind: ProtectedKind
  /** The run itself and its parts, in the order of the text. */
  readonly terms: readonly ProtectedTerm[]
}

export interface ProtectedTerm {
  readonly term: string
  readonly kind: ProtectedKind
  readonly start: number
  readonly end: number
}

/** `latin`: a word in any script that is written in letters and is neither Hangul, Han nor kana. */
export type ProtectedKind = 'latin' | 'number' | 'identifier'

/** Longer runs are encoded data rather than names; they are indexed in pieces of this length. */
const MAX_TERM = 128

const EAST_ASIAN = String.raw`[\p{scx=Hangul}\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}]`
const LETTER = String.raw`[\p{L}--${EAST_ASIAN}]`
const FIRST = String.raw`[\p{Nd}${LETTER}]`
const WORD = String.raw`${FIRST}[\p{Nd}\p{M}${LETTER}]*`
// `2,345` is one number, `1,2,3` are three.
const JOINT = String.raw`(?:[._\-\/@:&'’+]|(?<=\p{Nd}),(?=\p{Nd}{3}(?!\p{Nd})))`
// `12.5%`, `C++`, `C#`.
const TAIL = String.raw`(?:(?:%|\+\+?|#)(?!${FIRST}))?`
const RUN = new RegExp(`${WORD}(?:${JOINT}${WORD})*${TAIL}`, 'gv')

const LATIN = new RegExp(`^(?:${LETTER}|\\p{M})+$`, 'v')
const NUMBER = /^\d+(?:,\d{3})*(?:\.\d+)?%?$/
const MEASURE = new RegExp(`^(\\d+(?:,\\d{3})*(?:\\.\\d+)?)(${LETTER}+)(?:/(${LETTER}+))?$`, 'v')
const NAME_AND_NUMBER = /^([a-z]{2,})(\d+)$/
const PART = new RegExp(WORD, 'gv')
const HYPHENATED = /^[a-z]+(?:-[a-z]+)+$/
// `company's`, `we're`.
const WITH_ENDING = /^([a-z]+)['’](?:s|m|d|re|ve|ll)$/

/**
 * The protected runs of a normalised text: `gpt-4o` (with `gpt` and `4o`), `node.js`, `run_0198`,
 * `refunds` (as `refund`), `company's` (as `compani`), `long-term` (as `longterm`, with `long` and `term`), `2,345` (as `2345`),
 * `12.5%` (with `12.5`), `5kg` (with `5` and `kg`), `rtx3080` (with both).
 */
export function protectedRuns(text: string): ProtectedRun[] {
  return Array.from(text.matchAll(RUN), ({ 0: run, index: start }) => {
    const end = start + run.length
    const word = WITH_ENDING.exec(run)?.[1] ?? run
    if (LATIN.test(word)) return { start, end, kind: 'latin', terms: bounded(wordAt(word, start)) }
    const whole = termOf(run, start)
    const parts = partsOf(run).map(([part, at]) => termOf(part, start + at))
    const others = parts.filter(({ term }) => term !== whole.term)
    return { start, end, kind: whole.kind, terms: [whole, ...others].flatMap(bounded) }
  })
}

type Part = readonly [text: string, at: number]

function partsOf(run: string): Part[] {
  if (NUMBER.test(run)) return [[run.replace('%', ''), 0]]
  const measure = MEASURE.exec(run)
  if (measure !== null) return groupsOf(measure)
  return Array.from(run.matchAll(PART)).flatMap(({ 0: word, index }) => {
    const groups = groupsOf(NAME_AND_NUMBER.exec(word) ?? [])
    return [[word, index] as const, ...groups.map(([text, at]) => [text, index + at] as const)]
  })
}

/** The groups of a match that begins at 0, where no group is found before the one it follows. */
function groupsOf([run = '', ...groups]: readonly (string | undefined)[]): Part[] {
  let at = 0
  return groups.flatMap((group) => {
    if (group === undefined) return []
    const found = run.indexOf(group, at)
    at = found + group.length
    return [[group, found] as const]
  })
}

function termOf(run: string, start: number): ProtectedTerm {
  const end = start + run.length
  if (LATIN.test(run)) return wordAt(run, start)
  if (NUMBER.test(run)) return { term: run.replaceAll(',', ''), kind: 'number', start, end }
  // Some write `e-mail`, others `email`.
  const term = HYPHENATED.test(run) ? stemOf(run.replaceAll('-', '')) : run.replaceAll('’', "'")
  return { term, kind: 'identifier', start, end }
}

function wordAt(word: string, start: number): ProtectedTerm {
  return { term: stemOf(word), kind: 'latin', start, end: start + word.length }
}

/** A run that is longer than a term may be, in pieces of that length. */
function bounded(whole: ProtectedTerm): ProtectedTerm[] {
  if (whole.end - whole.start <= MAX_TERM) return [whole]
  const pieces: ProtectedTerm[] = []
  for (let start = whole.start; start < whole.end; start += MAX_TERM) {
    const end = Math.min(start + MAX_TERM, whole.end)
    const term = whole.term.slice(start - whole.start, end - whole.start)
    if (term !== '') pieces.push({ ...whole, term, start, end })
  }
  return pieces
}
