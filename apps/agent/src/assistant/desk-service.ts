import { randomUUID } from 'node:crypto'
import {
  type AdviceAnswer,
  type AdviceQuestion,
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
  /** Asks it what its optimizer has to say about a workflow. @throws as `ask` */
  advise(question: Omit<AdviceQuestion, 'questionId'>, signal: AbortSignal): Promise<AdviceAnswer>
  /** Of the queue of answers: any process gets one, and tells it to whoever waits for it. */
  readonly handlers: MessageHandlers<typeof workAnswerQueue>
  close(): void
}

type Answer = WorkAnswer | AdviceAnswer

interface Parts {
  readonly queues: Pick<Queues, 'send' | 'redis'>
  readonly prefix: string
  readonly log: Pick<Logger, 'debug'>
  /** How long an answer may take. */
  readonly waitMs?: number
}

const WAIT_MS = 8000
/** Recorded runs are played for some seconds. */
const ADVICE_FACTOR = 3
/** Of one process: beyond this, the workflow service would not keep up anyway. */
const MAX_WAITING = 200

export function createQuestionDesk({ queues, prefix, log, waitMs = WAIT_MS }: Parts): QuestionDesk {
  const channel = `${prefix}:work-answers`
  const waiting = new Map<string, (answer: Answer) => void>()
  const unheard = (error: unknown) => log.debug({ err: error }, 'an answer was not told')
  const subscriber = queues.redis.duplicate({ maxRetriesPerRequest: null })
  subscriber.on('error', unheard)
  subscriber.on('message', (_channel, text: string) => {
    // Sent by the handlers below, after its contract was checked.
    const answer = JSON.parse(text) as Answer
    waiting.get(answer.questionId)?.(answer)
  })
  subscriber.subscribe(channel).catch(unheard)

  /** @param send asks the question */
  async function answerTo(
    send: (questionId: string) => Promise<void>,
    { signal, ms }: { readonly signal: AbortSignal; readonly ms: number },
  ): Promise<Answer> {
    if (waiting.size >= MAX_WAITING) throw tooMany()
    const questionId = randomUUID()
    const { promise, resolve } = Promise.withResolvers<Answer | undefined>()
    const giveUp = AbortSignal.any([signal, AbortSignal.timeout(ms)])
    waiting.set(questionId, resolve)
    giveUp.addEventListener('abort', () => resolve(undefined), { once: true })
    try {
      await send(questionId)
      const answer = await promise
      signal.throwIfAborted()
      if (answer) return answer
      const hint = 'try again in a moment'
      throw new UnavailableError('assistant.not-answered', `Nobody looked it up in time: ${hint}`)
    } finally {
      waiting.delete(questionId)
    }
  }
  const tell = async (answer: Answer) => {
    await queues.redis.publish(channel, JSON.stringify(answer))
  }

  return {
    async ask(question, signal) {
      const send = (questionId: string) =>
        queues.send(outgoing(workQuestionQueue, 'work.find', { questionId, ...question }))
      // An id names one question, of one kind: that is what makes the casts true.
      return (await answerTo(send, { signal, ms: waitMs })) as WorkAnswer
    },

    async advise(question, signal) {
      const send = (questionId: string) =>
        queues.send(outgoing(workQuestionQueue, 'work.advise', { questionId, ...question }))
      return (await answerTo(send, { signal, ms: ADVICE_FACTOR * waitMs })) as AdviceAnswer
    },

    handlers: { 'work.found': tell, 'work.advised': tell },

    close: () => subscriber.disconnect(),
  }
}

function tooMany(): LimitExceededError {
  const message = 'Too many questions are being looked up: try again in a moment'
  return new LimitExceededError('assistant.too-many-questions', message, {}, { retryAfterS: 2 })
}
