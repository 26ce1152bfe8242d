import { Compile } from 'typebox/compile'
import { Value } from 'typebox/value'
import { expect } from 'vitest'
import type { Scope } from '../../expressions/expression.ts'
import {
  type Evaluation,
  type Incoming,
  type NodeType,
  portsOf,
  type WaitRequest,
} from '../define.ts'
import { nodeTypes } from '../index.ts'

export const emptyScope: Scope = { input: {}, nodes: {} }
/** 2026-03-01T00:00:00Z */
export const now = 1_772_323_200_000

export function nodeType(type: string): NodeType {
  const found = nodeTypes.get(type)
  if (!found) throw new Error(`There is no node type ${type}`)
  return found
}

/** As the engine sees it: with its defaults, and valid. */
export function configure(type: string, config: object): never {
  const schema = nodeType(type).config
  const value = Value.Default(schema, structuredClone(config))
  const [problem] = Compile(schema).Errors(value)
  if (problem) throw new Error(`${type}${problem.instancePath} ${problem.message}`)
  return value as never
}

export const accepts = (type: string, config: object): boolean => {
  const schema = nodeType(type).config
  return Compile(schema).Check(Value.Default(schema, structuredClone(config)))
}

/** What a pure node gives, checked against what the catalogue promises. */
export function evaluate(
  type: string,
  config: object,
  scope: Partial<Scope> = {},
  incoming: readonly Incoming[] = [],
): Evaluation {
  const node = nodeType(type)
  if (node.kind !== 'pure') throw new Error(`${type} is not pure`)
  const configured = configure(type, config)
  const evaluation = node.evaluate(configured, { ...emptyScope, ...scope }, incoming)
  const ports = portsOf(node, configured)
  if (ports.length > 0 && !ports.includes(evaluation.port)) {
    throw new Error(`${type} has no port ${evaluation.port}`)
  }
  if (node.output && !Compile(node.output).Check(evaluation.data)) {
    throw new Error(`${type} gives ${JSON.stringify(evaluation.data)}, not what it promises`)
  }
  return evaluation
}

export function request(type: string, config: object, scope: Partial<Scope> = {}): WaitRequest {
  const node = nodeType(type)
  if (node.kind !== 'wait') throw new Error(`${type} does not wait`)
  return node.request(configure(type, config), { ...emptyScope, ...scope }, now)
}

/** What a failure is recognized by. */
export const failure = (code: string) => expect.objectContaining({ code, kind: 'invalid' })
