import { DureError } from '@dure/kernel'
import type { ModelMessage } from 'ai'
import { Value } from 'typebox/value'
import type { Question } from './answer.ts'
import type { Answer } from './heard.ts'
import type { ChosenModel } from './index.ts'
import type { ModelCall } from './model-call.ts'

type Schema = Readonly<Record<string, unknown>>

/** The model was shown its mistakes, and made them again. */
class SchemaNotMetError extends DureError {
  override readonly kind = 'invalid'
}

export interface AnswerWithObject {
  readonly answer: Answer
  readonly object?: unknown
}

interface Asked {
  readonly call: ModelCall
  readonly model: ChosenModel
  readonly question: Question
  /** Told before each answer what the model is shown of its earlier ones. */
  readonly onUnmet: (corrections: readonly ModelMessage[]) => void
}

const MAX_REPAIRS = 2
const MAX_PROBLEMS = 20
/** Of an answer that is no object, in what is said about it. */
const SHOWN_UNITS = 8000

/**
 * Asks for an answer in JSON that meets a schema. Where the provider can, it holds the model to it;
 * in any case the answer is checked, and the model is shown what is wrong with it, twice.
 *
 * @throws SchemaNotMetError `model.schema-not-met`
 */
export async function askForObject(
  { call, model, question, onUnmet }: Asked,
  ask: (question: Question) => Promise<Answer>,
): Promise<AnswerWithObject> {
  const { outputSchema: schema } = call
  if (!schema) return { answer: await ask(question) }
  const first = instructed(question, schema, model)
  const corrections = [...(call.corrections ?? [])]
  for (let repairs = corrections.length / 2; ; repairs += 1) {
    onUnmet([...corrections])
    const answer = await ask({ ...first, messages: [...first.messages, ...corrections] })
    // The answer comes after the results of the tools.
    if (answer.toolCalls.length > 0) return { answer }
    const found = objectIn(answer.text)
    const problems = found ? problemsOf(schema, found.value) : ['it is no JSON']
    if (found && problems.length === 0) return { answer, object: found.value }
    if (repairs >= MAX_REPAIRS) throw notMet(answer.text, problems)
    call.onDelta({ type: 'restart' })
    corrections.push(...correction(answer.text, problems))
  }
}

function instructed(question: Question, schema: Schema, { capabilities }: ChosenModel): Question {
  if (capabilities.jsonSchema) return { ...question, responseSchema: schema }
  const order = `Answer with nothing but JSON that meets this JSON Schema:\n${JSON.stringify(schema)}`
  const { system } = question
  if (system === undefined) return { ...question, system: order }
  if (typeof system === 'string') return { ...question, system: `${system}\n\n${order}` }
  return { ...question, system: { ...system, content: `${system.content}\n\n${order}` } }
}

function correction(text: string, problems: readonly string[]): ModelMessage[] {
  const list = problems.map((problem) => `- ${problem}`).join('\n')
  const order = `This does not meet the JSON Schema:\n${list}\nAnswer again, with nothing but the whole JSON.`
  return [
    { role: 'assistant', content: text === '' ? '(nothing)' : text },
    { role: 'user', content: order },
  ]
}

function notMet(text: string, problems: readonly string[]): SchemaNotMetError {
  return new SchemaNotMetError(
    'model.schema-not-met',
    `After ${MAX_REPAIRS} corrections the answer still does not meet the schema: ${problems.slice(0, 3).join('; ')}. Ask for less at once, or name another model`,
    { problems, text: text.slice(0, SHOWN_UNITS) },
  )
}

/** Models like to put a fence around it, or a sentence before it. */
export function objectIn(text: string): { readonly value: unknown } | undefined {
  const fenced = text.indexOf('```')
  const end = text.lastIndexOf('```')
  const inFence = end > fenced ? text.slice(text.indexOf('\n', fenced) + 1, end) : undefined
  const begin = text.search(/[[{]/)
  const close = Math.max(text.lastIndexOf('}'), text.lastIndexOf(']'))
  const inText = begin >= 0 && close > begin ? text.slice(begin, close + 1) : undefined
  for (const candidate of [text, inFence, inText]) {
    if (candidate === undefined) continue
    try {
      return { value: JSON.parse(candidate) }
    } catch {}
  }
  return undefined
}

function problemsOf(schema: Schema, value: unknown): string[] {
  if (Value.Check(schema, value)) return []
  const problems = Value.Errors(schema, value)
    .slice(0, MAX_PROBLEMS)
    .map(({ instancePath, message }) => `${instancePath || 'the whole'}: ${message}`)
  return problems.length > 0 ? problems : ['it does not meet the schema']
}
