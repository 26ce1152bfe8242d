export type { Consumer } from './consumer.ts'
export { createQuestionDesk, type QuestionDesk } from './desk.ts'
export type { MessageContext, MessageHandlers } from './processor.ts'
export { connectQueues, type Queues } from './queues.ts'
