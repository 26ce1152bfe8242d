import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { echo, edge, endNode, inARow, startNode } from './testing/graphs.ts'
import { type PlayedRuns, playToTheEnd, startPlayedRuns } from './testing/played-runs.ts'
import {
  accepts,
  after,
  type Command,
  hasEnded,
  type ModelRun,
  type Shape,
} from './testing/run-model.ts'

const SEED = Number(process.env.DURE_SEED ?? Math.floor(Math.random() * 2 ** 31))
const SEQUENCES = Number(process.env.DURE_SEQUENCES ?? 40)

interface Kind extends Shape {
  readonly graph: object
}

const shape = (leaves: readonly string[], more: Partial<Shape> = {}): Shape => ({
  leaves,
  wait: undefined,
  tolerant: new Set(),
  ...more,
})
const wait = { id: 'w', type: 'wait_event', config: { name: 'go' } }
const KINDS: readonly Kind[] = [
  { graph: inARow([echo('a'), echo('b')]), ...shape(['a', 'b']) },
  {
    graph: {
      nodes: [startNode, echo('a'), echo('b'), echo('c'), endNode()],
      edges: [
        ...['a', 'b'].map((id) => edge('start', id)),
        ...['a', 'b'].map((id) => edge(id, 'c')),
        edge('c', 'end'),
      ],
    },
    ...shape(['a', 'b', 'c']),
  },
  {
    graph: {
      nodes: [startNode, echo('a'), wait, echo('b'), endNode()],
      edges: [
        ...[edge('start', 'a'), edge('a', 'w'), edge('w', 'b')],
        ...[edge('w', 'b', 'timeout'), edge('b', 'end')],
      ],
    },
    ...shape(['a', 'w', 'b'], { wait: { path: 'w', after: 'a' } }),
  },
  {
    graph: inARow([
      echo('a', { onError: 'default', default: {} }),
      {
        id: 'each',
        type: 'map',
        config: { items: '[1, 2, 3]', concurrency: 2 },
        body: { nodes: [echo('x')], edges: [] },
      },
    ]),
    ...shape(['a', 'each[0]/x', 'each[1]/x', 'each[2]/x'], { tolerant: new Set(['a']) }),
  },
]

let runs: PlayedRuns
let workflowIds: string[]
beforeAll(async () => {
  runs = await startPlayedRuns()
  workflowIds = []
  for (const { graph } of KINDS) workflowIds.push(await runs.harness.publish(graph))
})
afterAll(() => runs?.close())

/** Something to do; `of` and `at` choose among what there is by then. */
interface Step {
  readonly type: 'start' | 'succeed' | 'fail' | 'repeat' | Command['type']
  readonly of: number
  readonly at: number
}

const stepOf = (type: Step['type']) =>
  fc.record({ type: fc.constant(type), of: fc.nat({ max: 20 }), at: fc.nat({ max: 20 }) })
const step = fc.oneof(
  { weight: 2, arbitrary: stepOf('start') },
  { weight: 7, arbitrary: stepOf('succeed') },
  { weight: 2, arbitrary: stepOf('fail') },
  { weight: 1, arbitrary: stepOf('repeat') },
  { weight: 2, arbitrary: stepOf('pause') },
  { weight: 2, arbitrary: stepOf('resume') },
  { weight: 2, arbitrary: stepOf('retry') },
  { weight: 2, arbitrary: stepOf('signal') },
  { weight: 1, arbitrary: stepOf('cancel') },
)
/** Mostly one after the other; sometimes several at the same moment. */
const sequence = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: fc.tuple(step) },
    { weight: 1, arbitrary: fc.array(step, { minLength: 2, maxLength: 4 }) },
  ),
  { minLength: 4, maxLength: 16 },
)

type Run = Awaited<ReturnType<PlayedRuns['start']>>

interface Asked {
  readonly run: Run
  readonly command: Command
  readonly by: string
}

/** What a step means in a run, as it is; undefined: nothing. */
function commandOf({ type, at }: Step, state: ModelRun): Command | undefined {
  if (type === 'start') return undefined
  if (type === 'repeat') {
    const old = [
      ...[...state.done].filter((path) => path !== 'w').map((path) => [path, 1] as const),
      ...[...state.open].map(([path, attempt]) => [path, attempt - 1] as const),
    ].filter(([path, attempt]) => state.leaves.includes(path) && attempt > 0)
    const [path, attempt] = old[at % Math.max(1, old.length)] ?? []
    if (path === undefined || attempt === undefined) return undefined
    return { type: 'finish', path, attempt, ok: at % 2 === 0 }
  }
  if (type !== 'succeed' && type !== 'fail' && type !== 'finish') return { type }
  const open = [...state.open].filter(([path]) => path !== state.wait?.path)
  const [path, attempt] = open[at % Math.max(1, open.length)] ?? []
  if (path === undefined || attempt === undefined) return undefined
  return { type: 'finish', path, attempt, ok: type === 'succeed' }
}

/** The leaves of it that are done: all else that ends is the business of the engine. */
function summary({ phase, leaves, done }: ModelRun) {
  return { phase, done: leaves.filter((leaf) => done.has(leaf)) }
}

/** One command at a time: the model knows what comes of it. */
async function askAlone({ run, command, by }: Asked): Promise<void> {
  const before = run.state
  const accepted = command.type === 'finish' || accepts(before, command)
  expect(await runs.send(run, command, by)).toBe(accepted ? 200 : 409)
  run.state = await runs.settle(run, [command])
  expect(summary(run.state)).toEqual(summary(accepted ? after(before, command) : before))
  if (!accepted || command.type === 'finish' || isIdle(before, command)) return
  expect((await runs.events(run)).filter((event) => event.by === by)).toHaveLength(1)
}

/** What a run is asked to be and is already, it does not tell. */
function isIdle({ phase }: ModelRun, { type }: Command): boolean {
  return (type === 'pause' && phase !== 'running') || (type === 'resume' && phase !== 'paused')
}

/** Several at the same moment: in which order they are taken in, the events say. */
async function askTogether(asked: readonly Asked[], isEnded: (run: Run) => boolean): Promise<void> {
  const statuses = await Promise.all(
    asked.map(({ run, command, by }) => runs.send(run, command, by)),
  )
  for (const run of new Set(asked.map((one) => one.run))) {
    const mine = asked.filter((one) => one.run === run)
    run.state = await runs.settle(
      run,
      mine.map(({ command }) => command),
    )
  }
  for (const [at, { run, command, by }] of asked.entries()) {
    if (statuses[at] === 409 && command.type !== 'retry') expect(isEnded(run)).toBe(true)
    if (statuses[at] !== 200 || command.type === 'finish') continue
    const told = (await runs.events(run)).filter((event) => event.by === by)
    expect(told.length).toBeLessThanOrEqual(1)
    // Not told: it was so already, or the run had come to its end when it was this one's turn.
    const mayBeSilent = command.type === 'pause' || command.type === 'resume' || isEnded(run)
    if (!mayBeSilent) expect(told).toHaveLength(1)
  }
}

async function play(batches: readonly (readonly Step[])[]): Promise<void> {
  const started: Run[] = []
  let count = 0
  const start = async (kind: number) => {
    const at = kind % KINDS.length
    started.push(await runs.start(workflowIds[at] ?? '', KINDS[at] as Kind))
  }
  await start(batches.length)
  for (const batch of batches) {
    const asked: Asked[] = []
    for (const one of batch) {
      if (one.type === 'start') await start(one.of)
      const run = started[one.of % started.length] as Run
      const command = commandOf(one, run.state)
      count += 1
      if (command) asked.push({ run, command, by: `key_c${count}` })
    }
    const [only] = asked
    if (asked.length === 1 && only) await askAlone(only)
    else await askTogether(asked, (run) => hasEnded(run.state) || wasRetried(asked, run))
  }
  for (const run of started) {
    const end = await playToTheEnd(runs, run)
    if (end.phase === 'completed') expect(summary(end).done).toEqual(end.leaves)
  }
}

/** It had ended in between. */
function wasRetried(asked: readonly Asked[], run: Run): boolean {
  return asked.some((one) => one.run === run && one.command.type === 'retry')
}

test(`any sequence of commands leaves runs as the model has them (DURE_SEED=${SEED})`, {
  timeout: 600_000,
}, async () => {
  await fc.assert(fc.asyncProperty(sequence, play), {
    numRuns: SEQUENCES,
    seed: SEED,
    // Where everything is slow, fewer will do.
    interruptAfterTimeLimit: 3000 * SEQUENCES,
  })
})
