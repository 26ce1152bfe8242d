import type { OutgoingMessage } from '@dure/contracts'
import type { Egress } from '@dure/platform'
import type { Sandbox } from '@dure/sandbox'
import type { Static, TSchema } from 'typebox'
import type { ToolMemory } from '../../memory/tool-service.ts'
import type { Vault } from '../../secrets/vault-service.ts'
import type { ToolDefinition, ToolWork } from '../definition.ts'

/** What built-in tools work with. */
export interface BuiltinParts {
  readonly egress: Egress
  readonly vault: Vault
  readonly sandbox: Pick<Sandbox, 'run'>
  readonly memory: ToolMemory
  /** In PEM, whom servers of mail are trusted by. Absent: those whom Node trusts. */
  readonly mailAuthorities?: string | undefined
  /** To another service, whose answer comes as a message to the execution. */
  readonly send: (message: OutgoingMessage) => Promise<void>
  /** Epoch milliseconds. */
  readonly now: () => number
}

type Traits = Pick<
  ToolDefinition,
  'effect' | 'idempotent' | 'reach' | 'trust' | 'isRemote' | 'defaultApproval'
>

interface Use<Input, Config> {
  readonly input: Input
  readonly config: Config
  readonly work: ToolWork
  readonly parts: BuiltinParts
}

interface BuiltinOf<Input extends TSchema, Config extends TSchema> {
  readonly name: string
  readonly description: string
  /** What the model gives. */
  readonly input: Input
  /** What the author of the agent gives, in the grant: the model neither sees nor changes it. */
  readonly config: Config
  /** What it is and does, under a configuration. */
  traits(config: Static<Config>): Traits
  /** @throws DureError for every failure that is not a bug */
  execute(use: Use<Static<Input>, Static<Config>>): unknown
}

/** A built-in tool, its types forgotten. */
export type Builtin = Omit<BuiltinOf<TSchema, TSchema>, 'traits' | 'execute'> & {
  traits(config: unknown): Traits
  execute(use: Use<unknown, unknown>): unknown
}

/** Whoever calls it has checked input and configuration by its schemas. */
export function defineBuiltin<Input extends TSchema, Config extends TSchema>(
  of: BuiltinOf<Input, Config>,
): Builtin {
  return {
    ...of,
    traits: (config) => of.traits(config as Static<Config>),
    execute: (use) => of.execute(use as Use<Static<Input>, Static<Config>>),
  }
}

/** Computes, and knows nothing but its arguments. */
export const PURE: Traits = { effect: 'pure', idempotent: true, reach: 'inside', trust: 'trusted' }
