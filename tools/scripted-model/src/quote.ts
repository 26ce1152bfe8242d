/** One numbered passage of a prompt. */
export interface Passage {
  readonly number: number
  readonly text: string
}

export interface Quote {
  readonly number: number
  readonly sentence: string
}

const QUOTES_AT_MOST = 3
const PASSAGE_START = /^\[(\d{1,3})\][ \t]*/gm
const QUESTION_LABEL =
  /^[ \t#*]*(?:질문|물음|question|query|q)[ \t*]*[:：][ \t*]*(?<asked>\S[^\n]*)/gim
const NOT_A_LETTER = /[^\p{L}\p{N}]+/gu
const STATEMENT_END = /[.!。！…]["'”’」』)\]]*$/u
const QUESTION_END = /[?？]["'”’」』)\]]*$/u
const sentences = new Intl.Segmenter('ko', { granularity: 'sentence' })

/** The passages `[1] …`, `[2] …` of a prompt, without what is asked about them. */
export function passagesOf(prompt: string): Passage[] {
  const starts = [...prompt.matchAll(PASSAGE_START)]
  return starts.flatMap((start, index) => {
    const from = start.index + start[0].length
    const rest = prompt.slice(from, starts[index + 1]?.index)
    const labelled = rest.slice(0, firstQuestion(rest)?.index).trim()
    const text = withoutParagraph(labelled, questionOf(prompt))
    return text === '' ? [] : [{ number: Number(start[1]), text }]
  })
}

/**
 * What is asked: the line after `Question:` or `질문:`; without such a label the last paragraph that
 * ends in a question mark, or else the last one, passages aside.
 */
export function questionOf(prompt: string): string {
  const labelled = [...prompt.matchAll(QUESTION_LABEL)].at(-1)?.groups?.asked
  if (labelled) return labelled.trim()
  const paragraphs = paragraphsOf(prompt).filter((paragraph) => !/^\[\d/.test(paragraph))
  return paragraphs.findLast((paragraph) => /[?？]$/.test(paragraph)) ?? paragraphs.at(-1) ?? ''
}

/**
 * The sentences that share the most distinct character bigrams with the question, best first, at
 * most three, none with less than half of what the best one shares. Bigrams, since they need no
 * morphology and yet see through Korean endings.
 */
export function bestQuotes(passages: readonly Passage[], question: string): Quote[] {
  const asked = bigramsOf(question)
  const candidates = passages
    .flatMap(({ number, text }) => sentencesOf(text).map((sentence) => ({ number, sentence })))
    .map((quote) => ({ ...quote, score: bigramsOf(quote.sentence).intersection(asked).size }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || a.sentence.length - b.sentence.length)
  const enough = (candidates[0]?.score ?? 0) / 2
  return candidates
    .filter(({ score }) => score >= enough)
    .slice(0, QUOTES_AT_MOST)
    .map(({ number, sentence }) => ({ number, sentence }))
}

export function isKorean(text: string): boolean {
  return /\p{Script=Hangul}/u.test(text)
}

function paragraphsOf(text: string): string[] {
  return text
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.trim())
    .filter((paragraph) => paragraph !== '')
}

function withoutParagraph(text: string, unwanted: string): string {
  return paragraphsOf(text)
    .filter((paragraph) => paragraph !== unwanted)
    .join('\n\n')
}

function firstQuestion(text: string): RegExpExecArray | undefined {
  return text.matchAll(QUESTION_LABEL).next().value
}

/** What resembles a question best is its own title, or another question: both answer nothing. */
function sentencesOf(text: string): string[] {
  const lines = text.split('\n').map((line) => line.trim())
  const [title = '', ...body] = lines.filter((line) => line !== '')
  const spoken = body.length > 0 && !STATEMENT_END.test(title) ? body : [title, ...body]
  return spoken.flatMap((line) =>
    [...sentences.segment(line)]
      .map(({ segment }) => segment.trim())
      .filter((sentence) => sentence !== '' && !QUESTION_END.test(sentence)),
  )
}

function bigramsOf(text: string): Set<string> {
  const letters = [...text.normalize('NFC').toLowerCase().replace(NOT_A_LETTER, '')]
  return new Set(letters.slice(1).map((letter, index) => `${letters[index]}${letter}`))
}
