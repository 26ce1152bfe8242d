import type { Client } from '../client.ts'
import type { Instance } from '../instance.ts'
import type { Random } from '../random.ts'
import type { System } from '../system.ts'
import type { AckedRun, Workload } from '../workload.ts'
import type { World } from '../world.ts'

/** What a fault is done with. */
export interface FaultContext {
  readonly system: System
  readonly world: World
  readonly client: Client
  readonly workload: Workload
  readonly random: Random
  /** Folder of the old build; null when nothing needs one. */
  readonly oldBuild: string | null
  /** The requests of callers that went wrong so far, and how. */
  readonly failures: readonly string[]
  /** Starts a run whose executor dies of it. @returns whether it ended in time */
  poison(): Promise<boolean>
  /** Starts a run whose events are too many bytes for any buffer. */
  bulky(): Promise<AckedRun>
  /** Milliseconds, as the options scale them. */
  scaled(ms: number): number
  /** Resolves after so long, scaled. */
  last(ms: number): Promise<void>
  /** To whom it was done: shown as it happens. */
  note(what: string): void
  /** What had to hold while it lasted, and did not. */
  complain(what: string): void
}

/** A row of faults.md that a machine can do. */
export interface Fault {
  /** Such as `F2`. */
  readonly id: string
  readonly title: string
  /** Milliseconds until a process that has not recovered says so itself. Absent: at once. */
  readonly hiddenMs?: number
  /** It takes another build of the services, which is not there everywhere. */
  readonly needsOldBuild?: true
  /** Does it, and resolves when it is over: from then on, the system has to recover by itself. */
  inject(context: FaultContext): Promise<void>
}

/** One process of a service. */
export function anyOf(
  { system, random, note }: FaultContext,
  ...services: readonly Parameters<System['of']>[0][]
): Instance {
  const instance = random.pick(services.flatMap((service) => system.of(service)))
  note(instance.name)
  return instance
}
