import type { Graph } from '@dure/engine'
import { InvalidInputError } from '@dure/kernel'

/** One turn of a conversation, as OpenAI's API has it. */
export interface Message {
  readonly role: string
  readonly content?: string | null | readonly { readonly type?: string; readonly text?: unknown }[]
}

export interface Conversation {
  readonly messages: readonly Message[]
  readonly metadata?: Readonly<Record<string, string>> | undefined
  readonly extra?: Readonly<Record<string, unknown>> | undefined
  /** How the client would like the model to be set, such as its temperature. */
  readonly settings: Readonly<Record<string, unknown>>
  /** Where a message stands in the request. Absent: in `messages`. */
  readonly pointerOf?: (index: number) => string
}

/** The part of the schema of a start node that matters here. */
interface InputSchema {
  readonly properties: Readonly<Record<string, { readonly type: string }>>
  readonly required?: readonly string[]
  readonly additionalProperties?: boolean
}

/**
 * What a run gets of a conversation: `messages`, `input` (the text of the last message of the user),
 * `settings`, then every field of `metadata`, then every field of `extra`.
 *
 * So that a workflow with one question needs no more than that: when the start node asks for exactly one
 * text that is not there yet, it is the text of the user. When it refuses what it does not name, it gets
 * of our own fields and of `metadata` only those that it names; `extra` goes there as it is.
 *
 * @throws InvalidInputError `chat.no-question`
 */
export function runInputOf(conversation: Conversation, graph: Graph): Record<string, unknown> {
  const { messages, metadata = {}, extra = {}, settings } = conversation
  const question = messages.findLast(({ role }) => role === 'user')
  if (!question) throw noQuestion()
  const text = textOf(question)
  const own = { input: text, messages, ...(Object.keys(settings).length > 0 && { settings }) }
  const schema = schemaOf(graph)
  const given: Record<string, unknown> = { ...own, ...metadata, ...extra }
  const [missing, ...more] = (schema?.required ?? []).filter((name) => !Object.hasOwn(given, name))
  if (missing !== undefined && more.length === 0 && isText(schema, missing)) given[missing] = text
  if (schema?.additionalProperties !== false) return given
  const isWanted = (name: string) =>
    Object.hasOwn(schema.properties, name) || Object.hasOwn(extra, name)
  return Object.fromEntries(Object.entries(given).filter(([name]) => isWanted(name)))
}

/** All that was said in a message; what is no text, such as an image, is left out. */
function textOf({ content }: Message): string {
  if (typeof content === 'string') return content
  const texts = (content ?? []).flatMap(({ text }) => (typeof text === 'string' ? [text] : []))
  return texts.join('\n')
}

function schemaOf(graph: Graph): InputSchema | undefined {
  const schema = graph.nodes.find(({ type }) => type === 'start')?.config.inputSchema
  // Checked when the workflow was saved.
  return schema as InputSchema | undefined
}

function isText(schema: InputSchema | undefined, name: string): boolean {
  const property = schema && Object.hasOwn(schema.properties, name) && schema.properties[name]
  return property ? property.type === 'string' : false
}

function noQuestion(): InvalidInputError {
  return new InvalidInputError('chat.no-question', 'Nobody asks anything', [
    { pointer: '#/messages', message: 'has no message with the role `user`' },
  ])
}
