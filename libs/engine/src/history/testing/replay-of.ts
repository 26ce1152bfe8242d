import type { RunEvent } from '@dure/contracts'
import type { Graph } from '../../graph/graph.ts'
import { nodeTypes } from '../../nodes/index.ts'
import { planOf } from '../../run/plan.ts'
import { commitsOf } from '../history.ts'
import { replay } from '../replay.ts'
import { nameOf, type PlayedOut } from './play-out.ts'

export const commitsIn = ({ history }: PlayedOut): RunEvent[][] =>
  commitsOf(history).map((commit) => commit.map(({ event }) => event))

/** Of a run as it was, or on another graph, or of another history. */
export function replayOf(
  run: PlayedOut,
  change: { readonly graph?: unknown; readonly commits?: RunEvent[][] } = {},
) {
  const { context, payloads } = run
  return replay({
    plan: change.graph ? planOf(change.graph as Graph, nodeTypes) : run.plan,
    run: context.run,
    commits: change.commits ?? commitsIn(run),
    sha256: nameOf,
    payloads,
  })
}
