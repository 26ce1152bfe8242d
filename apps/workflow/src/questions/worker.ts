import { outgoing, workAnswerQueue, type workQuestionQueue } from '@dure/contracts'
import type { MessageHandlers, Queues } from '@dure/platform/queues'
import type { AdviceService } from './advice-service.ts'
import type { QuestionService } from './service.ts'

/** Whoever asked waits for a moment only. What gets lost is asked again by people, so nothing is kept. */
export function questionHandlers(
  questions: QuestionService,
  advice: AdviceService,
  queues: Pick<Queues, 'send'>,
): MessageHandlers<typeof workQuestionQueue> {
  return {
    'work.find': async (question) => {
      const answer = await questions.answer(question)
      await queues.send(outgoing(workAnswerQueue, 'work.found', answer))
    },
    'work.advise': async (question) => {
      const answer = await advice.answer(question)
      await queues.send(outgoing(workAnswerQueue, 'work.advised', answer))
    },
  }
}
