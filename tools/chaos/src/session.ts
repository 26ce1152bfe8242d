import { type Actors, createActors } from './actors.ts'
import { createStoreReader, type StoreReader } from './checks/store.ts'
import { type Client, createClient } from './client.ts'
import { type Commander, createCommander } from './commander.ts'
import type { Options } from './options.ts'
import { publishShapes } from './publish.ts'
import { createRandom, type Random } from './random.ts'
import { SHAPES } from './shapes/index.ts'
import { type System, startSystem } from './system.ts'
import { createTally, type Tally } from './tally.ts'
import { createWorkload, type Published, type Workload } from './workload.ts'
import { startWorld, type World } from './world.ts'

/** Everything that takes part. */
export interface Session {
  readonly options: Options
  readonly random: Random
  readonly say: (line: string) => void
  readonly world: World
  readonly system: System
  readonly store: StoreReader
  readonly client: Client
  /** Requests of callers that went wrong. */
  readonly tally: Tally
  readonly workload: Workload
  readonly commander: Commander
  readonly actors: Actors
  readonly published: ReadonlyMap<string, Published>
  /** Ends what still waits. */
  readonly stopping: AbortController
  close(): Promise<void>
}

export async function openSession(options: Options, say: Session['say']): Promise<Session> {
  const random = createRandom(options.seed)
  const world = await startWorld(random.fork('world'))
  const system = await startSystem({
    worldPort: world.port,
    onLine: (name, line) => options.verbose && say(`${name} | ${line}`),
  })
  const store = createStoreReader(system.databaseUrls)
  const close = async () => {
    await store.close()
    await system.close()
    await world.close()
  }
  try {
    return await join({ options, random, say, world, system, store, close })
  } catch (error) {
    await close()
    throw error
  }
}

type Started = Pick<Session, 'options' | 'random' | 'say' | 'world' | 'system' | 'store' | 'close'>

async function join(started: Started): Promise<Session> {
  const { system, world, random } = started
  const stopping = new AbortController()
  const { signal } = stopping
  const { url, apiKey } = system
  const tally = createTally()
  const client = createClient({ url, apiKey, onFailure: tally.add, signal })
  const published = await publishShapes(client, SHAPES, world.url)
  const commander = createCommander(client)
  const actors = createActors({ client, commander, world, random: random.fork('actors'), signal })
  const workload = createWorkload({
    client,
    random: random.fork('workload'),
    published,
    onAcked: actors.onAcked,
    signal,
  })
  return {
    ...started,
    client,
    tally,
    workload,
    commander,
    actors,
    published: new Map(published.map((one) => [one.shape.name, one])),
    stopping,
  }
}

/** A workflow by the name of its shape. */
export function shapeOf({ published }: Session, name: string): Published {
  const found = published.get(name)
  if (!found) throw new Error(`The workflow ${name} was not published`)
  return found
}
