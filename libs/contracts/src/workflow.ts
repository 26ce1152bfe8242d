import { Type } from 'typebox'
import { message, queue } from './define.ts'
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
