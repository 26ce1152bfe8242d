import { type RunEvent, runEventVersions } from '@dure/contracts'
import { createEventRegistry, type EventRegistry } from '@dure/kernel'

/** What this build knows of what can happen to a run. */
export const runEvents: EventRegistry<RunEvent> = createEventRegistry<RunEvent>(runEventVersions)
