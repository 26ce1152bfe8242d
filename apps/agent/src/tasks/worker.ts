import type { agentQueue, GenerateText, SendHttpRequest } from '@dure/contracts'
import type { MessageHandlers, Relay } from '@dure/platform'
import type { TaskService } from './service.ts'
import type { Executor } from './task.ts'

export interface AgentHandlersOptions {
  readonly tasks: TaskService
  readonly relay: Pick<Relay, 'resend'>
  readonly text: Executor<GenerateText>
  readonly http: Executor<SendHttpRequest>
}

/** What the agent service does with each message that reaches it. */
export function agentHandlers({
  tasks,
  relay,
  text,
  http,
}: AgentHandlersOptions): MessageHandlers<typeof agentQueue> {
  return {
    'task.generate-text': (message, context) => tasks.execute(text, message, context),
    'task.send-http-request': (message, context) => tasks.execute(http, message, context),
    'events.resend': ({ fromG, toG }) => relay.resend(fromG, toG),
  }
}
