import type {
  agentControlQueue,
  agentQueue,
  CheckText,
  ExecutionId,
  GenerateText,
  ReadMemory,
  RunCode,
  SendHttpRequest,
  WriteMemory,
} from '@dure/contracts'
import type { Relay } from '@dure/platform'
import type { MessageHandlers } from '@dure/platform/queues'
import type { AgentTasks } from '../executions/task-service.ts'
import type { TeamTasks } from '../teams/task-service.ts'
import { echo } from './echo.ts'
import type { TaskService } from './service.ts'
import type { Executor, TrivialExecutor } from './task.ts'

export interface AgentHandlersOptions {
  readonly tasks: TaskService
  readonly relay: Pick<Relay, 'resend'>
  readonly text: Executor<GenerateText>
  readonly http: Executor<SendHttpRequest>
  readonly code: TrivialExecutor<RunCode>
  readonly guard: Executor<CheckText>
  readonly memory: {
    readonly read: TrivialExecutor<ReadMemory>
    readonly write: TrivialExecutor<WriteMemory>
  }
  readonly agents: Pick<AgentTasks, 'run'>
  readonly teams: Pick<TeamTasks, 'run'>
}

/** What the agent service does with each message that reaches it. */
export function agentHandlers({
  tasks,
  relay,
  text,
  http,
  code,
  guard,
  memory,
  agents,
  teams,
}: AgentHandlersOptions): MessageHandlers<typeof agentQueue> {
  return {
    'task.generate-text': (message, context) => tasks.execute(text, message, context),
    'task.send-http-request': (message, context) => tasks.execute(http, message, context),
    'task.run-code': (message) => tasks.answer(code, message),
    'task.read-memory': (message) => tasks.answer(memory.read, message),
    'task.write-memory': (message) => tasks.answer(memory.write, message),
    'task.check-text': (message, context) => tasks.execute(guard, message, context),
    'task.run-agent': (message) => agents.run(message),
    'task.run-team': (message) => teams.run(message),
    'task.echo': (message) => tasks.answer(echo, message),
    'events.resend': ({ fromG, toG }) => relay.resend(fromG, toG),
  }
}

/** What reaches it although all its places are taken. */
export function controlHandlers(
  tasks: Pick<TaskService, 'cancel'>,
  begun: readonly Pick<AgentTasks | TeamTasks, 'cancel'>[],
  executions: { cancelInHand(of: { readonly id: ExecutionId }): void },
): MessageHandlers<typeof agentControlQueue> {
  return {
    async 'task.cancel'({ task }) {
      await tasks.cancel(task)
      for (const tasksOf of begun) await tasksOf.cancel(task)
    },
    'execution.cancel': async ({ executionId: id }) => executions.cancelInHand({ id }),
  }
}
