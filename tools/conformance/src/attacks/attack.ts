import type { Pool } from '../fuzz/pool.ts'
import type { Answer } from '../http/answer.ts'
import type { Tenant, Tenants } from '../tenants.ts'
import type { World } from '../world.ts'

/** A tenant with some of everything, and a key for it. */
export interface Actor {
  readonly tenant: Tenant
  readonly key: string
  readonly pool: Pool
}

export interface Sending {
  readonly key?: string | undefined
  readonly headers?: readonly (readonly [string, string])[]
  /** An object is sent as JSON, a text and bytes as they are. */
  readonly body?: unknown
}

/** Where attacks take place: they share it, and must leave it usable. */
export interface Stage {
  readonly world: World
  readonly tenants: Tenants
  readonly alice: Actor
  readonly mallory: Actor
  send(method: string, path: string, sending?: Sending): Promise<Answer>
}

/** @returns what went wrong; empty when the attack was refused as it has to be */
export type Attack = (stage: Stage) => Promise<readonly string[]>
