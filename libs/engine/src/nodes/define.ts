import type { Caller, NodeId, OutgoingMessage, TaskError, TaskRef } from '@dure/contracts'
import { type Static, type TObject, type TSchema, Type } from 'typebox'
import type { Scope } from '../expressions/expression.ts'

/** How a field of a node's configuration is read: the keyword is part of its schema. */
export const EXPRESSION_KEYWORD = 'x-dure-expression'

/** One CEL expression. */
export function Expression(description: string) {
  return Type.String({
    minLength: 1,
    maxLength: 2000,
    description: `CEL expression: ${description}`,
    [EXPRESSION_KEYWORD]: 'expression',
  })
}

/** Text with `{{ expressions }}` in it. */
export function Template(description: string, maxLength = 20_000) {
  return Type.String({
    maxLength,
    description: `Text with {{ expressions }}: ${description}`,
    [EXPRESSION_KEYWORD]: 'template',
  })
}

/** A JSON value in which every string is a template. */
export function DeepTemplate(description: string) {
  return Type.Unknown({
    description: `Strings inside may hold {{ expressions }}: ${description}`,
    [EXPRESSION_KEYWORD]: 'deep',
  })
}

interface NodeTypeBase<Config extends TObject> {
  /** How a workflow names it. Published workflows rely on it: never rename one. */
  readonly type: string
  readonly title: string
  readonly description: string
  /** Checked when a workflow is saved, and shown in the catalogue. */
  readonly config: Config
  /** The ways out. An edge leaves by exactly one of them. */
  readonly ports: readonly string[] | ((config: Static<Config>) => readonly string[])
  /** What it is where its configuration makes something else of it, such as a question to another service. */
  readonly variant?: (config: Static<Config>) => NodeType | undefined
  /** Of its `data`, where that is known beforehand: what references into it are checked against. */
  readonly output?: TSchema
}

/** What stands at the other end of a live edge into a node; of a join also of a dead one. */
export interface Incoming {
  readonly nodeId: NodeId
  readonly status: 'completed' | 'failed' | 'skipped' | 'cancelled'
  readonly data?: unknown
  readonly error?: TaskError
}

export interface Evaluation {
  readonly port: string
  readonly data: unknown
  /** Variables of the run that it sets. */
  readonly vars?: Readonly<Record<string, unknown>>
  /** What the caller of a webhook is answered. */
  readonly response?: {
    readonly status: number
    readonly headers: Readonly<Record<string, string>>
    readonly body: unknown
  }
  /** How it leaves the body that it stands in. */
  readonly leave?: 'break' | 'continue'
}

/** When a node runs that has several edges into it, and what becomes of those that come too late. */
export interface JoinRule {
  /**
   * `all`: all succeeded, one failure fails the join. `any`: the first success. `n`: that many
   * successes. `race`: the first that ends, however. `settled`: all have ended, however.
   */
  readonly mode: 'all' | 'any' | 'n' | 'race' | 'settled'
  readonly n: number
  readonly cancelLosers: boolean
}

/** Computed in the workflow service. Recovery computes it again and must get the same bytes. */
export interface PureNodeType<Config extends TObject = TObject> extends NodeTypeBase<Config> {
  readonly kind: 'pure'
  /** No clock, no random, no I/O. @throws InvalidInputError when the data does not fit */
  evaluate(config: Static<Config>, scope: Scope, incoming: readonly Incoming[]): Evaluation
  /** Absent: it waits for all edges into it, and one live edge is enough. */
  join?(config: Static<Config>): JoinRule
}

/** Executed by another service: a message goes out, a result comes back. */
export interface TaskNodeType<Config extends TObject = TObject> extends NodeTypeBase<Config> {
  readonly kind: 'task'
  readonly effect: (config: Static<Config>) => 'read' | 'write'
  /** Whether a write may be sent again with the same Idempotency-Key when nobody knows its outcome. */
  readonly idempotent?: (config: Static<Config>) => boolean
  /** By which of its ways it goes on with this result; absent: by its only one. */
  readonly portOf?: (output: unknown) => string
  readonly defaultTimeoutMs: number
  /** An upper bound of what one execution costs, in micro-dollars; absent: nothing. */
  readonly maxCostMicroUsd?: (config: Static<Config>) => number | undefined
  /** Whether its result depends on who has started the run: then no other caller is given it from a cache. */
  readonly dependsOnCaller?: boolean
  /** @throws InvalidInputError when the data does not fit */
  message(config: Static<Config>, scope: Scope, task: TaskRef, caller?: Caller): OutgoingMessage
}

/** Executed in the workflow service after its start was committed; `taskKey` makes it idempotent. */
export interface InPlaceNodeType<Config extends TObject = TObject> extends NodeTypeBase<Config> {
  readonly kind: 'in-place'
  readonly effect: 'read' | 'write'
  /** Whether executing it again under the same `taskKey` has the effect of executing it once. */
  readonly idempotent: boolean
  /** What the executor of this type gets. @throws InvalidInputError when the data does not fit */
  request(config: Static<Config>, scope: Scope): unknown
}

export type WaitRequest =
  | { readonly kind: 'timer'; readonly dueAt: number }
  | {
      readonly kind: 'event'
      readonly name: string
      readonly correlation: string | null
      /** Then it goes on by the port `timeout`. */
      readonly dueAt: number | null
    }
  | {
      readonly kind: 'approval'
      readonly title: string
      readonly body: string
      /** What is approved; the hash that a decision names is over this. */
      readonly payload: unknown
      /** `user:<principal>` or `role:<name>`; empty: everybody with the scope. */
      readonly assignees: readonly string[]
      readonly quorum: number
      readonly dueAt: number | null
      readonly onExpire: 'expired' | 'approve' | 'reject'
      readonly escalate: readonly { readonly dueAt: number; readonly to: readonly string[] }[]
      readonly allowEdit: boolean
    }
  | {
      readonly kind: 'child'
      readonly workflowId: string
      readonly version: number | null
      readonly alias: string | null
      readonly input: unknown
      readonly wait: boolean
      readonly propagateCancel: boolean
    }

/** Waits, without holding anything but a row: for a moment, an event, people, another run. */
export interface WaitNodeType<Config extends TObject = TObject> extends NodeTypeBase<Config> {
  readonly kind: 'wait'
  /** @param now epoch milliseconds @throws InvalidInputError when the data does not fit */
  request(config: Static<Config>, scope: Scope, now: number): WaitRequest
}

/** Runs its body, any number of times. What that means is the business of the engine. */
export interface ContainerNodeType<Config extends TObject = TObject> extends NodeTypeBase<Config> {
  readonly kind: 'container'
  readonly container: 'map' | 'loop' | 'try'
}

export type NodeType =
  | PureNodeType
  | TaskNodeType
  | InPlaceNodeType
  | WaitNodeType
  | ContainerNodeType

export function definePureNode<Config extends TObject>(
  node: Omit<PureNodeType<Config>, 'kind'>,
): PureNodeType<Config> {
  return { ...node, kind: 'pure' }
}

export function defineTaskNode<Config extends TObject>(
  node: Omit<TaskNodeType<Config>, 'kind'>,
): TaskNodeType<Config> {
  return { ...node, kind: 'task' }
}

export function defineInPlaceNode<Config extends TObject>(
  node: Omit<InPlaceNodeType<Config>, 'kind'>,
): InPlaceNodeType<Config> {
  return { ...node, kind: 'in-place' }
}

export function defineWaitNode<Config extends TObject>(
  node: Omit<WaitNodeType<Config>, 'kind'>,
): WaitNodeType<Config> {
  return { ...node, kind: 'wait' }
}

export function defineContainerNode<Config extends TObject>(
  node: Omit<ContainerNodeType<Config>, 'kind'>,
): ContainerNodeType<Config> {
  return { ...node, kind: 'container' }
}

/** A type as it is with this configuration. */
export function variantOf(nodeType: NodeType, config: unknown): NodeType {
  const { variant } = nodeType as { variant?: NodeTypeBase<TObject>['variant'] }
  return variant?.(config as Static<TObject>) ?? nodeType
}

export function portsOf(nodeType: NodeType, config: unknown): readonly string[] {
  const { ports } = nodeType as { ports: NodeTypeBase<TObject>['ports'] }
  return typeof ports === 'function' ? ports(config as Static<TObject>) : ports
}

/** The port of every node that has only one. */
export const OUT = 'out'
/** The port that `onError: branch` adds to every node. */
export const ERROR = 'error'
