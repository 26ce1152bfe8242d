import type { RunEvent, RunId, TaskOutcome, WorkflowId, WorkflowVersionId } from '@dure/contracts'
import type { Graph } from '../../graph/graph.ts'
import { nodeTypes } from '../../nodes/index.ts'
import type { RunCommand } from '../../run/command.ts'
import { begin, decide } from '../../run/decide.ts'
import type { Decision, DecisionContext, InPlaceWork } from '../../run/decision.ts'
import { type Plan, planOf } from '../../run/plan.ts'
import { absentRun, hasEnded, type RunState } from '../../run/state.ts'
import { wakeTime } from '../../run/timers.ts'
import type { HistoryEvent } from '../history.ts'

/** What the world answers, and in which order: all of it follows from the seed. */
export interface World {
  readonly seed: number
  /** Of the same node and attempt always the same. */
  outcomeOf?(path: string, attempt: number): TaskOutcome
  /** Said besides the results, before the step with this number. */
  say?(state: RunState, step: number): readonly RunCommand[]
}

export interface PlayedOut {
  readonly plan: Plan
  readonly context: Omit<DecisionContext, 'now'>
  readonly state: RunState
  readonly history: readonly HistoryEvent[]
  readonly payloads: ReadonlyMap<string, unknown>
}

/** Not a hash that anybody should trust: equal texts have equal names. */
export function nameOf(text: string): string {
  let hash = 0n
  for (const character of text)
    hash = (hash * 131n + BigInt(character.codePointAt(0) ?? 0)) % 2n ** 256n
  return hash.toString(16).padStart(64, '0')
}

const numberOf = (text: string, below: number) =>
  Number(BigInt(`0x${nameOf(text)}`) % BigInt(below))

const MAX_STEPS = 3000
const hex = (digit: string) => digit.repeat(32)

/** Runs a graph in a world, from its start or from a history, until nothing more happens. */
export function playOut(
  graph: unknown,
  world: World,
  {
    input = {},
    history,
  }: { readonly input?: unknown; readonly history?: readonly RunEvent[] } = {},
): PlayedOut {
  const plan = planOf(graph as Graph, nodeTypes)
  const payloads = new Map<string, unknown>()
  const context = contextOf(plan, payloads)
  const state = absentRun()
  const recorded: HistoryEvent[] = []
  const inPlace = new Map<string, InPlaceWork>()
  let now = 1_000_000

  function take(decision: Decision): void {
    now += 7
    for (let made = decision; ; ) {
      for (const event of made.events) {
        recorded.push({ version: recorded.length + 1, at: new Date(now), event })
      }
      for (const work of made.inPlace) inPlace.set(work.path, work)
      if (!made.isRunning || made.dirty.size === 0) return
      now += 1
      made = decide({ ...context, now }, state, [], { cold: true })
    }
  }

  const send = (commands: readonly RunCommand[]) =>
    take(decide({ ...context, now }, state, commands))
  if (history) take(begin({ ...context, now }, state, history))
  else send([startCommand(input, now)])

  const pick = randomOf(world.seed)
  for (let step = 0; step < MAX_STEPS; step += 1) {
    const said = world.say?.(state, step) ?? []
    if (said.length > 0) send(said)
    if (hasEnded(state)) break
    const open = openTasks(state)
    if (open.length > 0) {
      const count = 1 + pick(Math.min(3, open.length))
      const chosen = shuffled(open, pick).slice(0, count)
      send(chosen.map((path) => resultOf(path, { state, inPlace, world })))
      continue
    }
    if (state.timers.size === 0) {
      // Whoever speaks may have more to say; else nothing more happens.
      if (world.say && step < 10) continue
      break
    }
    now = Math.max(now, wakeTime(state) ?? now)
    send([{ type: 'run.wake' }])
  }
  return { plan, context, state, history: recorded, payloads }
}

function contextOf(plan: Plan, payloads: Map<string, unknown>): Omit<DecisionContext, 'now'> {
  return {
    plan,
    run: {
      runId: `run_${hex('1')}` as RunId,
      workflowId: `wf_${hex('2')}` as WorkflowId,
      tenant: { organizationId: `org_${hex('3')}` as never, projectId: `prj_${hex('4')}` as never },
      seed: hex('5'),
    },
    timeoutMs: 31_536_000_000,
    sha256: nameOf,
    payloads,
  }
}

function startCommand(input: unknown, now: number): RunCommand {
  return {
    type: 'run.start',
    workflowId: `wf_${hex('2')}` as WorkflowId,
    versionId: `wfv_${hex('6')}` as WorkflowVersionId,
    versionNumber: 1,
    input,
    startedBy: 'key_test',
    startedAt: now,
    deadlineAt: now + 31_536_000_000,
  }
}

function openTasks({ outstanding }: RunState): string[] {
  return [...outstanding]
    .filter(([, { status, kind = 'task' }]) => isUnderWay(status) && EXECUTED.has(kind))
    .map(([path]) => path)
    .sort()
}

const EXECUTED = new Set<string>(['task', 'in-place', 'child'])
const isUnderWay = (status: string) => status === 'scheduled' || status === 'started'

interface Given {
  readonly state: RunState
  readonly inPlace: ReadonlyMap<string, InPlaceWork>
  readonly world: World
}

function resultOf(path: string, { state, inPlace, world }: Given): RunCommand {
  const attempt = state.outstanding.get(path)?.attempt ?? 1
  const work = inPlace.get(path)?.work
  if (work && 'evaluation' in work) {
    return { type: 'run.finish-in-place', path, attempt, evaluation: work.evaluation }
  }
  const outcome = (world.outcomeOf ?? succeeds)(path, attempt)
  return { type: 'run.finish-task', path, attempt, outcome }
}

export const succeeds = (path: string): TaskOutcome => ({
  status: 'succeeded',
  output: { n: numberOf(path, 10), path },
  durationMs: 5,
  usage: { inputTokens: 1, outputTokens: 1, costMicroUsd: 3 },
})

export const fails = (code = 'model.unavailable', more: object = {}): TaskOutcome => ({
  status: 'failed',
  error: { code, message: 'no', class: 'unavailable', ...more },
})

/** https://en.wikipedia.org/wiki/Linear_congruential_generator, with the numbers of Numerical Recipes. */
function randomOf(seed: number): (below: number) => number {
  let state = seed >>> 0
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

function shuffled<Item>(items: readonly Item[], pick: (below: number) => number): Item[] {
  return items
    .map((item) => ({ item, at: pick(1_000_000) }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item)
}

/** Every third node fails at first, and these for good. */
export const flaky = (seed: number, broken: (path: string) => boolean = () => false): World => ({
  seed,
  outcomeOf(path, attempt) {
    if (broken(path)) return fails('x.broken', { class: 'rejected' })
    return numberOf(path, 3) === 0 && attempt === 1 ? fails() : succeeds(path)
  },
})
