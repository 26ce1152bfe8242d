import { randomUUID } from 'node:crypto'
import type { OutgoingMessage } from '@dure/contracts'
import type { Logger } from 'pino'
import type { Queues } from './queues.ts'

/** Where one service asks another, by a message, while a request waits: nothing but a promise is kept. */
export interface QuestionDesk<Answer> {
  /** Whether as many are asked as this process may. */
  isFull(): boolean
  /** @returns undefined when nobody has answered until the signal aborts */
  ask(
    question: (questionId: string) => OutgoingMessage,
    until: AbortSignal,
  ): Promise<Answer | undefined>
  /** Any process gets an answer from the queue: it tells it to whoever waits for it. */
  hear(answer: Answer): Promise<void>
  close(): void
}

export interface QuestionDeskOptions {
  readonly queues: Pick<Queues, 'send' | 'redis'>
  /** On which the processes of a service tell each other the answers. */
  readonly channel: string
  readonly maxWaiting: number
  readonly log: Pick<Logger, 'debug'>
}

/** @typeParam Answer what was checked by the contract of its message before it is heard */
export function createQuestionDesk<Answer extends { readonly questionId: string }>({
  queues,
  channel,
  maxWaiting,
  log,
}: QuestionDeskOptions): QuestionDesk<Answer> {
  const waiting = new Map<string, (answer: Answer) => void>()
  const unheard = (error: unknown) => log.debug({ err: error }, 'an answer was not told')
  const subscriber = queues.redis.duplicate({ maxRetriesPerRequest: null })
  subscriber.on('error', unheard)
  subscriber.on('message', (_channel, text: string) => {
    // Sent by `hear` below, after its contract was checked.
    const answer = JSON.parse(text) as Answer
    waiting.get(answer.questionId)?.(answer)
  })
  subscriber.subscribe(channel).catch(unheard)

  return {
    isFull: () => waiting.size >= maxWaiting,

    async ask(question, until) {
      const questionId = randomUUID()
      const { promise, resolve } = Promise.withResolvers<Answer | undefined>()
      waiting.set(questionId, resolve)
      const giveUp = () => resolve(undefined)
      until.addEventListener('abort', giveUp, { once: true })
      if (until.aborted) giveUp()
      try {
        await queues.send(question(questionId))
        return await promise
      } finally {
        waiting.delete(questionId)
        until.removeEventListener('abort', giveUp)
      }
    },

    async hear(answer) {
      await queues.redis.publish(channel, JSON.stringify(answer))
    },

    close: () => subscriber.disconnect(),
  }
}
