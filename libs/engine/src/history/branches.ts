import type { RunEventOf } from '@dure/contracts'
import { compileExpression, type Scope } from '../expressions/expression.ts'
import { bodyOf, type Decision, scopeFor } from '../run/decision.ts'
import { pathOf } from '../run/evolve.ts'
import { pathIn, scopeOfPath } from '../run/path.ts'
import type { PlannedNode } from '../run/plan.ts'
import { type NamedValue, valuesIn } from './names.ts'

interface DeadEdge {
  readonly from: string
  readonly port: string
  readonly to: string
}

/** A node that has several ways out, and took one of them. */
export interface Branch {
  readonly path: string
  readonly type: string
  readonly port: string
  /** Those that were evaluated, in their order. */
  readonly expressions: readonly {
    readonly source: string
    readonly result: unknown
    readonly inputs: readonly NamedValue[]
  }[]
  /** What was not taken with it. */
  readonly dead: readonly DeadEdge[]
}

const MAX_SHOWN_CHARACTERS = 1000

/** Why a node went on the way it did, by the state right before it; undefined of one with one way. */
export function branchOf(
  decision: Decision,
  planned: PlannedNode,
  event: RunEventOf<'node.completed'>,
): Branch | undefined {
  const path = pathOf(event)
  const { type } = planned.node
  const dead = deadEdges(decision, path, event.port)
  const conditions = conditionsOf(planned)
  if (conditions.length === 0 && dead.length === 0) return undefined
  const scope = scopeFor(decision, scopeOfPath(path))
  const expressions = []
  for (const source of conditions) {
    const result = evaluated(source, scope)
    const inputs = valuesIn(source, scope).map(short)
    expressions.push({ source, result, inputs })
    if (result === true) break
  }
  return { path, type, port: event.port, expressions, dead }
}

function conditionsOf({ node }: PlannedNode): string[] {
  const { when, cases } = node.config as { when?: string; cases?: { when: string }[] }
  if (node.type === 'condition' && when !== undefined) return [when]
  return node.type === 'switch' ? (cases ?? []).map((one) => one.when) : []
}

function evaluated(source: string, scope: Scope): unknown {
  try {
    return compileExpression(source).evaluate(scope)
  } catch (error) {
    return error instanceof Error ? error.message : null
  }
}

/** The edges of the same node from its other ports. */
function deadEdges({ context }: Decision, path: string, port: string): DeadEdge[] {
  const scope = scopeOfPath(path)
  const nodes = bodyOf(context, scope)?.nodes ?? []
  return nodes.flatMap(({ id, incoming }) =>
    incoming
      .filter((edge) => pathIn(scope, edge.from) === path && edge.port !== port)
      .map((edge) => ({ from: path, port: edge.port, to: pathIn(scope, id) })),
  )
}

function short(named: NamedValue): NamedValue {
  const isLong = (JSON.stringify(named.value) ?? '').length > MAX_SHOWN_CHARACTERS
  return isLong ? { name: named.name, value: '… too long to be shown' } : named
}
