import { Type } from 'typebox'
import { message, queue } from './define.ts'
import { CallKey } from './execution-event.ts'
import { Caller, Tenant } from './identity.ts'
import { RunId } from './ids.ts'
import { resendEvents } from './recorded-event.ts'
import { TaskOutcome, TaskRef } from './task.ts'

export const workflowQueue = queue('workflow', {
  /** Another service has executed a task of ours, or has given it up. */
  'task.finish': message(
    Type.Object({ task: TaskRef, outcome: TaskOutcome }),
    ({ task }) => `${task.taskKey}#${task.attempt}`,
  ),
  'events.resend': resendEvents,
})

/** What agents want of workflows, apart from the results of tasks: neither waits behind the other. */
export const workflowToolQueue = queue('workflow-agent-tools', {
  /** Starts a run, or finds the one that the same call has started; its end is told to the execution. */
  'agent-tool.run-workflow': message(
    Type.Object({
      tenant: Tenant,
      callKey: CallKey,
      workflow: Type.String({
        minLength: 1,
        maxLength: 300,
        description: 'Its id or name; after `@` an alias',
      }),
      input: Type.Record(Type.String(), Type.Unknown()),
      caller: Type.Optional(Caller),
      /** The run that has begun the execution; absent: none has. */
      runId: Type.Optional(RunId),
      timeoutMs: Type.Integer({ minimum: 1 }),
    }),
    ({ callKey }) => callKey,
  ),
  /** Nobody waits for what this call has started. */
  'agent-tool.cancel-run': message(
    Type.Object({ tenant: Tenant, callKey: CallKey }),
    ({ callKey }) => `cancel-${callKey}`,
  ),
})
