import type { OutgoingMessage, TaskRef } from '@dure/contracts'
import { type Static, type TObject, Type } from 'typebox'
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
  readonly ports: readonly string[]
}

/** Computed in the workflow service. Recovery computes it again and must get the same bytes. */
export interface PureNodeType<Config extends TObject = TObject> extends NodeTypeBase<Config> {
  readonly effect: 'pure'
  /** No clock, no random, no I/O. @throws InvalidInputError when the data does not fit */
  evaluate(config: Static<Config>, scope: Scope): { readonly port: string; readonly data: unknown }
}

/** Executed by another service: a message goes out, a result comes back. */
export interface TaskNodeType<Config extends TObject = TObject> extends NodeTypeBase<Config> {
  readonly effect: 'read' | 'write' | 'by-config'
  readonly defaultTimeoutMs: number
  /** @throws InvalidInputError when the data does not fit */
  message(config: Static<Config>, scope: Scope, task: TaskRef): OutgoingMessage
}

export type NodeType = PureNodeType | TaskNodeType

export function definePureNode<Config extends TObject>(
  node: Omit<PureNodeType<Config>, 'effect'>,
): PureNodeType<Config> {
  return { ...node, effect: 'pure' }
}

export function defineTaskNode<Config extends TObject>(
  node: TaskNodeType<Config>,
): TaskNodeType<Config> {
  return node
}

/** The port of every node that has only one. */
export const OUT = 'out'
