import { randomUUID } from 'node:crypto'
import {
  outgoing,
  type WorkAnswer,
  type WorkQuestion,
  type workAnswerQueue,
  workQuestionQueue,
} from '@dure/contracts'
import { LimitExceededError, UnavailableError } from '@dure/kernel'
import type { Logger, MessageHandlers, Queues } from '@dure/platform'

export interface QuestionDesk {
  /**
   * Asks the workflow service what there is. Nothing but a promise waits for the answer.
   *
   * @throws UnavailableError `assistant.not-answered` @throws LimitExceededError `assistant.too-many-questions`
   */
  ask(question: Omit<WorkQuestion, 'questionId'>, signal: AbortSignal): Promise<WorkAnswer>
  /** Of the queue of answers: any process gets one, and tells it to whoever waits for it. */
  readonly handlers: MessageHandlers<typeof workAnswerQueue>
  close(): void
}

interface Parts {
  readonly queues: Pick<Queues, 'send' | 'redis'>
  readonly prefix: string
  readonly log: Pick<Logger, 'debug'>
  /** How long an answer may take. */
  readonly waitMs?: number
}

const WAIT_MS = 8000
/** Of one process: beyond this, the workflow service would not keep up anyway. */
const MAX_WAITING = 200

export function createQuestionDesk({ queues, prefix, log, waitMs = WAIT_MS }: Parts): QuestionDesk {
  const channel = `${prefix}:work-answers`
  const waiting = new Map<string, (answer: WorkAnswer) => void>()
  const unheard = (error: unknown) => log.debug({ err: error }, 'an answer was not told')
  const subscriber = queues.redis.duplicate({ maxRetriesPerRequest: null })
  subscriber.on('error', unheard)
  subscriber.on('message', (_channel, text: string) => {
    // Sent by `work.found` below, after its contract was checked.
    const answer = JSON.parse(text) as WorkAnswer
    waiting.get(answer.questionId)?.(answer)
  })
  subscriber.subscribe(channel).catch(unheard)

  return {
    async ask(question, signal) {
      if (waiting.size >= MAX_WAITING) throw tooMany()
      const questionId = randomUUID()
      const { promise, resolve } = Promise.withResolvers<WorkAnswer | undefined>()
      const giveUp = AbortSignal.any([signal, AbortSignal.timeout(waitMs)])
      waiting.set(questionId, resolve)
      giveUp.addEventListener('abort', () => resolve(undefined), { once: true })
      try {
        await queues.send(outgoing(workQuestionQueue, 'work.find', { questionId, ...question }))
        const answer = await promise
        signal.throwIfAborted()
        if (answer) return answer
        const hint = 'try again in a moment'
        throw new UnavailableError('assistant.not-answered', `Nobody looked it up in time: ${hint}`)
      } finally {
        waiting.delete(questionId)
      }
    },

    handlers: {
      'work.found': async (answer) => {
        await queues.redis.publish(channel, JSON.stringify(answer))
      },
    },

    close: () => subscriber.disconnect(),
  }
}

function tooMany(): LimitExceededError {
  const message = 'Too many questions are being looked up: try again in a moment'
  return new LimitExceededError('assistant.too-many-questions', message, {}, { retryAfterS: 2 })
}
