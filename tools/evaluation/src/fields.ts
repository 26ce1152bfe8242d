import { BadLineError } from './lines.ts'

/** By what names data sets call a field; the first that a line has counts. */
export const NAMES = {
  passageId: ['_id', 'id', 'docid', 'doc_id', 'pid', 'passage_id', 'corpus-id', 'corpus_id'],
  queryId: ['_id', 'id', 'qid', 'query_id', 'query-id'],
  title: ['title'],
  passageText: ['text', 'contents', 'content', 'passage', 'body', 'document'],
  queryText: ['text', 'query', 'question', 'contents', 'content'],
  set: ['set'],
  judgedQuery: ['query', 'query-id', 'query_id', 'qid'],
  judgedPassage: ['doc', 'corpus-id', 'corpus_id', 'docid', 'doc_id', 'pid', 'passage_id'],
  score: ['score', 'label', 'relevance', 'rel', 'grade'],
} as const satisfies Record<string, readonly string[]>

export type Field = keyof typeof NAMES
export type Fields = Readonly<Record<string, unknown>>

/** @throws BadLineError, SyntaxError */
export function fieldsIn(json: string): Fields {
  const value: unknown = JSON.parse(json)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new BadLineError('not an object')
  }
  return value as Fields
}

/** A text, or a number as one; undefined: there is none. @throws BadLineError where it is something else */
export function textIn(fields: Fields, field: Field): string | undefined {
  for (const name of NAMES[field]) {
    const value = Object.hasOwn(fields, name) ? fields[name] : undefined
    if (value === undefined || value === null) continue
    if (typeof value === 'string') return value
    if (typeof value === 'number') return String(value)
    throw new BadLineError(`${name} is neither a text nor a number`)
  }
  return undefined
}

/** @throws BadLineError where it is missing */
export function needed(fields: Fields, field: Field): string {
  const text = textIn(fields, field)
  if (text !== undefined) return text
  throw new BadLineError(`there is none of ${NAMES[field].join(', ')}`)
}

/** Of a passage, a query or a set. @throws BadLineError where it is missing */
export function idIn(fields: Fields, field: Field): string {
  const id = needed(fields, field).trim()
  if (id === '') throw new BadLineError('an id is empty')
  return id
}

/** 1 where it is missing: what is judged at all is relevant. @throws BadLineError */
export function scoreIn(fields: Fields): number {
  const text = textIn(fields, 'score')?.trim() ?? ''
  const score = text === '' ? 1 : Number(text)
  if (!Number.isFinite(score)) throw new BadLineError(`the score ${text} is not a number`)
  return score
}
