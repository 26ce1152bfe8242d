import type { RunId, TaskOutcome, Tenant } from '@dure/contracts'
import type { Graph } from '../../graph/graph.ts'
import { completeGraph } from '../../graph/regions.ts'
import { nodeTypes } from '../../nodes/index.ts'
import type { RunCommand } from '../../run/command.ts'
import { hasEnded } from '../../run/state.ts'
import { wakeTime } from '../../run/timers.ts'
import { playGraph } from '../../testing/play.ts'
import type { Recorded } from '../check-equal.ts'
import type { RecordedRun, TimedEvent } from '../recorded.ts'

export interface Answer {
  readonly afterMs: number
  readonly outcome: TaskOutcome
}

/** What the outside answers: the node, what it was asked, and which attempt it is. */
export type Answers = (nodeId: string, input: unknown, attempt: number) => Answer | undefined

export function gives(output: unknown, afterMs = 0, costMicroUsd = 0): Answer {
  const usage = { inputTokens: 1, outputTokens: 1, costMicroUsd }
  const outcome: TaskOutcome = { status: 'succeeded', output, durationMs: afterMs, usage }
  return { afterMs, outcome }
}

export function fails(code: string, afterMs = 0): Answer {
  const error = { code, message: 'No', class: 'unavailable' } as const
  return { afterMs, outcome: { status: 'failed', error } }
}

const hex = (digit: string) => digit.repeat(32)

/** A run of a graph, with its times, as the events of it would be stored. */
export function record(
  graph: unknown,
  answers: Answers,
  { input = {}, number = 1, commands = [] as RunCommand[] } = {},
): RecordedRun {
  const played = playGraph(completeGraph(graph as Graph), input)
  const events: TimedEvent[] = []
  let open: { readonly atMs: number; readonly command: RunCommand }[] = []
  const startMs = played.now
  const shiftMs = number * 60_000

  const take = () => {
    const atMs = played.now + shiftMs
    for (const event of played.events.slice(events.length)) events.push({ event, atMs })
    for (const { path, attempt, message } of played.tasks) {
      const { input: asked } = (message?.payload ?? {}) as { readonly input?: unknown }
      const answer = message && answers(path, asked, attempt)
      if (!answer) continue
      const { outcome, afterMs } = answer
      const command: RunCommand = { type: 'run.finish-task', path, attempt, outcome }
      open.push({ atMs: played.now + afterMs, command })
    }
    for (const { path, attempt, work } of played.inPlace) {
      if (!('evaluation' in work)) continue
      const { evaluation } = work
      const command: RunCommand = { type: 'run.finish-in-place', path, attempt, evaluation }
      open.push({ atMs: played.now, command })
    }
  }

  take()
  open.push(...commands.map((command, index) => ({ atMs: startMs + 10 * (index + 1), command })))
  for (let steps = 0; steps < 1000; steps += 1) {
    open = open.toSorted((a, b) => a.atMs - b.atMs)
    const [next] = open
    const wakeMs =
      played.state.timers.size > 0 ? (wakeTime(played.state) ?? Number.POSITIVE_INFINITY) : Infinity
    if (hasEnded(played.state) || (!next && wakeMs === Infinity)) break
    if (next && next.atMs <= wakeMs) {
      open.shift()
      played.now = Math.max(played.now, next.atMs)
      played.send(next.command)
    } else {
      played.now = wakeMs
      played.send({ type: 'run.wake' })
    }
    take()
  }
  return recordedRun(events, number)
}

/** A run of which these are all events. */
export function recordedRun(events: readonly TimedEvent[], number = 1): RecordedRun {
  return {
    id: `run_${String(number).padStart(32, '0')}` as RunId,
    tenant: {
      organizationId: `org_${hex('3')}`,
      projectId: `prj_${hex('4')}`,
    } as unknown as Tenant,
    workflowId: `wf_${hex('2')}`,
    seed: hex('5'),
    timeoutMs: 3_600_000,
    events,
  }
}

/** Not a hash that anybody should trust: a test only needs that equal texts have equal names. */
function nameOf(text: string): string {
  let hash = 7n
  for (const character of text)
    hash = (hash * 131n + BigInt(character.codePointAt(0) ?? 0)) % 2n ** 256n
  return hash.toString(16).padStart(64, '0')
}

export function recordedOf(runs: readonly RecordedRun[]): Recorded {
  return { runs, payloads: new Map(), nodeTypes, sha256: nameOf }
}
