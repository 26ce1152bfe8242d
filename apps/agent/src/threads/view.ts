import { ExecutionId, ThreadId } from '@dure/contracts'
import { type Static, Type } from 'typebox'
import type { Thread, ThreadMessage } from './thread.ts'

const Title = Type.String({
  maxLength: 200,
  pattern: '^[^\\p{Cc}\\p{Cs}]*$',
  examples: ['Order 7'],
})
const Metadata = Type.Record(
  Type.String({ minLength: 1, maxLength: 100, pattern: '^[^\\u0000]+$' }),
  Type.String({ maxLength: 1000, pattern: '^[^\\u0000]*$' }),
  { maxProperties: 20, examples: [{ customer: 'c-17' }] },
)
const closed = { additionalProperties: false }

export const CreateThread = Type.Object(
  { title: Type.Optional(Title), metadata: Type.Optional(Metadata) },
  { ...closed, $id: 'CreateThread' },
)
export const UpdateThread = Type.Object(
  { title: Type.Optional(Title), metadata: Type.Optional(Metadata) },
  { ...closed, minProperties: 1, $id: 'UpdateThread' },
)

const time = Type.String({ format: 'date-time' })

export const ThreadView = Type.Object(
  {
    id: ThreadId,
    title: Type.String(),
    metadata: Type.Record(Type.String(), Type.String()),
    createdBy: Type.String(),
    createdAt: time,
    updatedAt: Type.String({ format: 'date-time', description: 'Of title and metadata' }),
  },
  { $id: 'Thread' },
)

/** One thread, with what only reading it gives. */
export const ThreadDetailView = Type.Object(
  {
    ...ThreadView.properties,
    summary: Type.Optional(
      Type.Object(
        {
          text: Type.String(),
          upToPosition: Type.Integer({ description: 'Of the last message that is in it' }),
          isUntrusted: Type.Boolean({ description: 'Content from outside is in it' }),
        },
        { description: 'What is older, as agents with `memory.thread.summary` are told it' },
      ),
    ),
  },
  { $id: 'ThreadDetail' },
)

export const ThreadMessageView = Type.Object(
  {
    position: Type.Integer({ minimum: 1 }),
    role: Type.Enum(['user', 'assistant']),
    content: Type.String({ description: 'Of an agent with an `outputSchema`: JSON' }),
    isUntrusted: Type.Boolean({
      description: 'Content from outside was read before the agent said it',
    }),
    executionId: ExecutionId,
    createdAt: time,
  },
  { $id: 'ThreadMessage' },
)

export function viewThread(thread: Thread): Static<typeof ThreadView> {
  const { id, title, metadata, createdBy, createdAt, updatedAt } = thread
  return {
    ...{ id, title, metadata, createdBy },
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  }
}

export function viewThreadMessage(message: ThreadMessage): Static<typeof ThreadMessageView> {
  return { ...message, createdAt: message.createdAt.toISOString() }
}
