import { ExecutionId, NodeId, NodePath, RunId } from '@dure/contracts'
import { type Static, Type } from 'typebox'
import { Compile } from 'typebox/compile'

/**
 * A piece of the text that a node is about to give. `index` counts the pieces of one answer from 0:
 * one that is left out was lost, and one that does not rise says that the model has begun anew.
 */
export const Delta = Type.Object({
  /** Or an execution of an agent: then the node is `agent`, and the attempt its step. */
  runId: Type.Union([RunId, ExecutionId]),
  nodeId: NodeId,
  /** Left out where it is the id of the node. */
  path: Type.Optional(NodePath),
  attempt: Type.Integer({ minimum: 1 }),
  /** What it is a piece of. Left out for text. */
  of: Type.Optional(Type.Enum(['text', 'reasoning', 'tool-input'])),
  /** Of a call of a tool, as the model names it. */
  callId: Type.Optional(Type.String()),
  name: Type.Optional(Type.String()),
  index: Type.Integer({ minimum: 0 }),
  /** Of a node that speaks several times: how much of its text, in UTF-16 units, comes before this answer. */
  offset: Type.Optional(Type.Integer({ minimum: 1 })),
  text: Type.String(),
})
export type Delta = Static<typeof Delta>

const isDelta = Compile(Delta)

export type DeltaSource = Omit<Delta, 'index' | 'text'>

/** One channel per run or execution, so that a process hears only of those that somebody watches there. */
export function channelOf(prefix: string, runId: string): string {
  return `${prefix}:deltas:${runId}`
}

/** On the channel of a run, between its deltas: something was recorded of it. What is older takes it for no delta. */
export const CHANGED = '!'

/** @returns undefined for what is no delta */
export function parseDelta(message: string): Delta | undefined {
  try {
    const parsed: unknown = JSON.parse(message)
    return isDelta.Check(parsed) ? parsed : undefined
  } catch {
    return undefined
  }
}
