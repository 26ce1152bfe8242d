import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Identity, Tenant } from '@dure/contracts'
import { eventually } from '@dure/platform/testing'
import { type ScriptedModel, startScriptedModel } from '@dure/scripted-model'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { STRANGER, setUpKnowledge } from '../testing.ts'
import { ASKERS, FILTERS, metadata, NAMES, TEXTS } from './testing/askers.ts'
import { createClock, createTimeline } from './testing/history.ts'
import { type Answer, judge, type Story } from './testing/verdict.ts'

/** More of them find more; each takes some seconds. */
const RUNS = Number(process.env.PROPERTY_RUNS ?? 1)
const SEED = Number(process.env.DURE_SEED ?? Math.floor(Math.random() * 2 ** 31))
/** Steps that are under way at the same time. */
const AT_ONCE = 8

const place = { shelf: fc.nat(2), file: fc.nat(2), process: fc.nat(1) }
const access = fc.constantFrom(['everybody'], NAMES, ...NAMES.map((name) => [name]), [])
const step = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      ...{ do: fc.constant('write' as const), ...place },
      ...{ text: fc.constantFrom(...TEXTS), access, metadata },
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('remove' as const), ...place }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('restrict' as const), ...place, access }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('describe' as const), ...place, metadata }) },
  {
    weight: 14,
    arbitrary: fc.record({
      ...{ do: fc.constant('search' as const), ...place },
      ...{ asker: fc.nat(ASKERS.length - 1), filter: fc.nat(FILTERS.length - 1) },
      mode: fc.constantFrom('keyword', 'vector', 'hybrid'),
      query: fc.constantFrom(...TEXTS),
    }),
  },
)
type Step = typeof step extends fc.Arbitrary<infer One> ? One : never
type StepOf<Name extends Step['do']> = Extract<Step, { readonly do: Name }>

type Asked = Pick<StepOf<'search'>, 'asker' | 'filter' | 'query' | 'mode'>
type Knowledge = Awaited<ReturnType<typeof setUpKnowledge>>
type Client = ReturnType<Knowledge['client']>
/** The same process for whoever asks it. */
type Process = (who: Partial<Identity>) => Client

/** Enough for an index of several hundred kilobytes, and nothing that anybody asks for. */
const FILLER = Array.from({ length: 12_000 }, (_, n) => `${(n * 2654435761).toString(36)}`).join(
  ' ',
)

async function createShelf(processes: readonly Process[]) {
  const clients = processes.map((process) => process({}))
  const [any] = clients as [Client]
  const base = await any.createBase()
  const { id } = await any.put(base, 'filler.txt', FILLER)
  await any.settled(base, id, { timeoutMs: 60_000 })
  return { base, processes, clients }
}
type Shelf = Awaited<ReturnType<typeof createShelf>>

/** What is done to a shelf in one run, and what is seen of it. */
function visit({ base, processes, clients }: Shelf, clock: () => number) {
  const current = new Map<number, Story>()
  const stories: Story[] = []
  const answers: Answer[] = []
  const publications: Promise<unknown>[] = []
  const queues = new Map<number, Promise<unknown>>()
  let texts = 0
  const pathOf = ({ id }: Story) => `/${base}/documents/${id}`
  const clientOf = (one: Step) => clients[one.process] as Client

  /** Until a version is found; or the document, and with it all of them, is gone. */
  async function published({ id }: Story, client: Client, hold: (tick: number) => void) {
    await eventually(async () => {
      const { status, code } = await client.get(base, id)
      if (code === 'document.not-found') return
      expect(status).toBe('ready')
      hold(clock())
    })
  }

  function storyOf({ access: names, metadata: said }: StepOf<'write'>): Story {
    const [first, text] = [createTimeline<readonly string[]>(names), createTimeline(undefined)]
    return { id: '', text: text as Story['text'], access: first, metadata: createTimeline(said) }
  }

  async function write(one: StepOf<'write'>): Promise<void> {
    const known = current.get(one.file)
    const story = known ?? storyOf(one)
    const text = `${one.text} ${one.file} ${++texts}`
    const more = known ? {} : { access: one.access, metadata: one.metadata }
    const hold = story.text.begin(text, clock())
    const body = { name: `${one.file}.txt`, text, ...more }
    const response = await clientOf(one).call('POST', `/${base}/documents`, { body })
    expect(response.statusCode, response.body).toBe(202)
    story.id = response.json().id
    current.set(one.file, story)
    if (!known) stories.push(story)
    publications.push(published(story, clientOf(one), hold))
  }

  async function remove(one: StepOf<'remove'>): Promise<void> {
    const story = current.get(one.file)
    if (!story) return
    const hold = story.text.begin(undefined, clock())
    expect((await clientOf(one).call('DELETE', pathOf(story))).statusCode).toBe(204)
    hold(clock())
    current.delete(one.file)
  }

  async function set(one: StepOf<'restrict'> | StepOf<'describe'>): Promise<void> {
    const story = current.get(one.file)
    if (!story) return
    const [what, hold] =
      one.do === 'restrict'
        ? (['access', story.access.begin(one.access, clock())] as const)
        : (['metadata', story.metadata.begin(one.metadata, clock())] as const)
    const body = { [what]: one.do === 'restrict' ? one.access : one.metadata }
    const response = await clientOf(one).call('PUT', `${pathOf(story)}/${what}`, { body })
    expect(response.statusCode, response.body).toBe(200)
    hold(clock())
  }

  async function search(asked: Asked, process: number): Promise<void> {
    const { who, onBehalfOf } = ASKERS[asked.asker] as (typeof ASKERS)[number]
    const { query, mode } = asked
    const filter = FILTERS[asked.filter]
    const body = { query, mode, topK: 50, filter, ...(onBehalfOf && { onBehalfOf }) }
    const begun = clock()
    const client = (processes[process] as Process)(who)
    const response = await client.call('POST', `/${base}/search`, { body })
    expect(response.statusCode, response.body).toBe(200)
    answers.push({ ...asked, begun, ended: clock(), hits: response.json().chunks })
  }

  function take(one: Exclude<Step, { do: 'search' }>): Promise<void> {
    if (one.do === 'write') return write(one)
    return one.do === 'remove' ? remove(one) : set(one)
  }

  return {
    base,
    stories,
    answers,
    /** What is done to one document is done in its order; all else at the same time. */
    start(one: Step): Promise<unknown> {
      if (one.do === 'search') return search(one, one.process)
      const done = (queues.get(one.file) ?? Promise.resolve()).then(() => take(one))
      queues.set(one.file, done)
      return done
    },
    async settle(): Promise<void> {
      await Promise.all(publications)
      const all = processes.flatMap((_, process) =>
        TEXTS.flatMap((query, at) =>
          ASKERS.flatMap((_asker, asker) => {
            const mode = (['keyword', 'vector', 'hybrid'] as const)[(at + asker) % 3] ?? 'keyword'
            const filters = [0, 1 + ((at + asker) % (FILTERS.length - 1))]
            return filters.map((filter) => search({ asker, mode, query, filter }, process))
          }),
        ),
      )
      await Promise.all(all)
    },
    async clear(): Promise<void> {
      for (const story of current.values()) await clients[0]?.call('DELETE', pathOf(story))
    },
  }
}
describe.each(['embedded', 'lancedb'])('in %s indexes that two processes have', (store) => {
  let model: ScriptedModel
  let knowledge: Knowledge
  let uri: string
  let shelves: Shelf[]
  beforeAll(async () => {
    model = await startScriptedModel()
    uri = await mkdtemp(join(tmpdir(), 'dure-lancedb-'))
    knowledge = await setUpKnowledge({
      ...{ EMBEDDING_BASE_URL: model.baseUrl, EMBEDDING_MODEL: 'small' },
      ...{ RETRIEVAL_STORE: store, LANCEDB_URI: uri },
    })
    // In one of them no two bases have room: each makes it load others anew. The other one keeps all, and follows them.
    const apps = [
      await knowledge.start('all', { INDEX_MEMORY_MB: '1' }),
      await knowledge.start('all'),
    ]
    const processesOf = (tenant: Tenant) =>
      apps.map(
        (app): Process =>
          (who) =>
            knowledge.client(app, { ...who, tenant }),
      )
    const tenants = [knowledge.tenant, knowledge.tenant, STRANGER]
    shelves = await Promise.all(tenants.map((tenant) => createShelf(processesOf(tenant))))
  }, 120_000)
  afterAll(async () => {
    await knowledge.tearDown()
    await model.close()
    await rm(uri, { recursive: true })
  })

  async function run(steps: readonly Step[]): Promise<void> {
    const clock = createClock()
    const visits = shelves.map((shelf) => visit(shelf, clock))
    const running = new Set<Promise<unknown>>()
    const started: Promise<unknown>[] = []
    for (const one of steps) {
      const work = visits[one.shelf]?.start(one) ?? Promise.resolve()
      started.push(work)
      const ended = work
        .then(
          () => {},
          () => {},
        )
        .finally(() => running.delete(ended))
      running.add(ended)
      if (running.size >= AT_ONCE) await Promise.race(running)
    }
    await Promise.all(started)
    for (const one of visits) await one.settle()
    for (const one of visits) judge(one)
    for (const one of visits) await one.clear()
  }

  test(
    `no search shows what was gone or forbidden before it began, or misses what was there all the time (DURE_SEED=${SEED})`,
    async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 150, maxLength: 200, size: 'max' }), run),
        { numRuns: RUNS, seed: SEED, endOnFailure: true },
      )
    },
    RUNS * 60_000,
  )
})
