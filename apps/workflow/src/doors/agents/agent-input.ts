import { InvalidInputError } from '@dure/kernel'
import type { Conversation, Message } from '../openai/run-input.ts'

type Role = 'system' | 'user' | 'assistant'

interface Said {
  readonly role: Role
  readonly content: string
}

/** An agent has tools of its own: what they are told and tell is no part of what others say. */
const ROLES: ReadonlyMap<string, Role> = new Map([
  ['system', 'system'],
  ['developer', 'system'],
  ['user', 'user'],
  ['assistant', 'assistant'],
])
const TEXTS: ReadonlySet<string> = new Set(['text', 'input_text', 'output_text'])
const MAX_CHARACTERS = 200_000

/**
 * What a run gets that asks an agent: what the user says last as `input`, what was said before as `history`;
 * beside it, of no effect, what else the client has sent.
 *
 * @throws InvalidInputError `chat.no-question`, `chat.unsupported-content`
 */
export function agentInputOf(conversation: Conversation): Record<string, unknown> {
  const { messages, settings, metadata, extra } = conversation
  const { pointerOf = (index: number) => `#/messages/${index}` } = conversation
  const said = messages.map((message, index) => saidIn(message, pointerOf(index)))
  const last = said.findLastIndex(({ role }) => role !== 'system')
  const question = said[last]
  if (question?.role !== 'user' || question.content === '') throw noQuestion()
  return {
    input: question.content,
    history: said.filter(({ content }, index) => index !== last && content !== ''),
    ...(Object.keys(settings).length > 0 && { settings }),
    ...(metadata && { metadata }),
    ...(extra && { extra }),
  }
}

function saidIn({ role: name, content }: Message, pointer: string): Said {
  const role = ROLES.get(name)
  if (!role) throw unsupported(`${pointer}/role`, 'an agent calls its own tools: leave it out')
  const text = textIn(content, `${pointer}/content`)
  if (text.length <= MAX_CHARACTERS) return { role, content: text }
  throw unsupported(`${pointer}/content`, 'is longer than 200,000 characters')
}

function textIn(content: Message['content'], pointer: string): string {
  if (typeof content === 'string') return content
  if (!content) throw unsupported(pointer, 'is no text')
  const texts = content.map(({ type, text }, index) => {
    if (typeof text === 'string' && TEXTS.has(type ?? 'text')) return text
    throw unsupported(`${pointer}/${index}`, `is ${type}: an agent is told text alone`)
  })
  return texts.join('\n')
}

function unsupported(pointer: string, message: string): InvalidInputError {
  return new InvalidInputError('chat.unsupported-content', 'An agent cannot be told that', [
    { pointer, message },
  ])
}

function noQuestion(): InvalidInputError {
  return new InvalidInputError('chat.no-question', 'Nobody asks anything', [
    { pointer: '#/messages', message: 'must end with what the user asks' },
  ])
}
