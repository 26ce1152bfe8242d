import { ThreadId } from '@dure/contracts'
import type { ModelMessage } from 'ai'
import { type Static, Type } from 'typebox'
import { LowerLimits } from '../agents/definition.ts'
import { AliasName, VersionNumber } from '../agents/view.ts'

const text = Type.String({ minLength: 1, maxLength: 1_000_000, pattern: '^[^\\u0000]+$' })

const Input = Type.Union([
  text,
  Type.Array(
    Type.Object(
      { role: Type.Enum(['user', 'assistant']), content: text },
      { additionalProperties: false },
    ),
    { minItems: 1, maxItems: 200 },
  ),
])

/** What one execution is asked for. Its limits can only be lower than those of the agent. */
export const StartAgentRun = Type.Object(
  {
    input: Type.Unsafe<Static<typeof Input>>({
      ...Input,
      description:
        'What the agent is asked, or a conversation that ends with it; with `threadId`, which has the answers, of the role `user` alone',
      examples: ['Where is order 7?'],
    }),
    trustInput: Type.Optional(
      Type.Boolean({
        description:
          '`false`: the input is, or quotes, what somebody outside has written, such as an e-mail; then writes of the agent need an approval. Absent: `true`, it is the wish of whoever asks',
      }),
    ),
    version: Type.Optional(VersionNumber({ description: 'Absent: the published one' })),
    alias: Type.Optional(AliasName),
    threadId: Type.Optional(
      Type.Unsafe<ThreadId>({
        ...ThreadId,
        description: 'The conversation that it goes on with: the model is told the last messages',
      }),
    ),
    mode: Type.Optional(
      Type.Enum(['background', 'wait', 'stream'], {
        description:
          '`background`, also when absent: answer at once; `wait`: when it has ended; `stream`: with its events',
      }),
    ),
    waitMs: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 50_000,
        description: 'With `wait`: then it is answered as it is. Absent: 30,000',
      }),
    ),
    limits: Type.Optional(LowerLimits),
  },
  { additionalProperties: false, $id: 'StartAgentRun' },
)

export function inputOf(input: Static<typeof Input>): string | ModelMessage[] {
  return input
}
