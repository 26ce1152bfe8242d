import {
  type AdviceAnswer,
  type AdviceQuestion,
  type OutgoingMessage,
  outgoing,
  type WorkAnswer,
  type WorkQuestion,
  type workAnswerQueue,
  workQuestionQueue,
} from '@dure/contracts'
import { LimitExceededError, UnavailableError } from '@dure/kernel'
import type { Logger } from '@dure/platform'
import { createQuestionDesk, type MessageHandlers, type Queues } from '@dure/platform/queues'

export interface WorkDesk {
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

export function createWorkDesk({ queues, prefix, log, waitMs = WAIT_MS }: Parts): WorkDesk {
  const channel = `${prefix}:work-answers`
  const desk = createQuestionDesk<Answer>({ queues, channel, maxWaiting: MAX_WAITING, log })

  async function answerTo(
    question: (questionId: string) => OutgoingMessage,
    { signal, ms }: { readonly signal: AbortSignal; readonly ms: number },
  ): Promise<Answer> {
    if (desk.isFull()) throw tooMany()
    const until = AbortSignal.any([signal, AbortSignal.timeout(ms)])
    const answer = await desk.ask(question, until)
    signal.throwIfAborted()
    if (answer) return answer
    const hint = 'try again in a moment'
    throw new UnavailableError('assistant.not-answered', `Nobody looked it up in time: ${hint}`)
  }

  return {
    async ask(question, signal) {
      const asked = (questionId: string) =>
        outgoing(workQuestionQueue, 'work.find', { questionId, ...question })
      // An id names one question, of one kind: that is what makes the casts true.
      return (await answerTo(asked, { signal, ms: waitMs })) as WorkAnswer
    },

    async advise(question, signal) {
      const asked = (questionId: string) =>
        outgoing(workQuestionQueue, 'work.advise', { questionId, ...question })
      return (await answerTo(asked, { signal, ms: ADVICE_FACTOR * waitMs })) as AdviceAnswer
    },

    handlers: { 'work.found': desk.hear, 'work.advised': desk.hear },
    close: desk.close,
  }
}

function tooMany(): LimitExceededError {
  const message = 'Too many questions are being looked up: try again in a moment'
  return new LimitExceededError('assistant.too-many-questions', message, {}, { retryAfterS: 2 })
}
