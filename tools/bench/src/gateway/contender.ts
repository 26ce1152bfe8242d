import type { Infrastructure } from '../infrastructure.ts'

/** What stands before every contender is the same, and so is what stands behind it. */
export interface Surroundings {
  readonly infrastructure: Infrastructure
  /** `http://127.0.0.1:<port>` of the server behind. */
  readonly upstreamUrl: string
  /** Takes in traces by OTLP over HTTP, and forgets them. */
  readonly collectorUrl: string
  /** Key of a tenant each; who checks keys is given these. */
  readonly keys: readonly string[]
  /** Random bytes in base64 that keys are hashed with. */
  readonly pepper: string
}

/** A way to put something between clients and a service. */
export interface Contender {
  /** As it stands in the rows; ours is `dure`. */
  readonly name: string
  /** What it does for each request, for the table. */
  readonly does: string
  /** Packages of npm with their exact versions; none: a program, or our own. */
  readonly packages: readonly string[]
  /** Why it cannot be measured here; null when it can. */
  absence(): string | null
  /** @param folder where its packages are */
  start(surroundings: Surroundings, folder: string): Promise<RunningContender>
}

export interface RunningContender {
  readonly url: string
  readonly pids: readonly number[]
  stop(): Promise<void>
}
