import { tell } from '../engine/bench.ts'
import { type Cell, measureCell } from '../engine/measure.ts'
import type { EngineOptions } from '../engine/options.ts'
import type { Row } from '../engine/row.ts'
import { createHttpClient, type HttpClient } from '../http-client.ts'
import type { Infrastructure } from '../infrastructure.ts'
import { createMeters } from '../meters/meters.ts'
import { dbos } from './dbos.ts'
import { installPeer, type Peer, type RunningPeer } from './peer.ts'
import { restate } from './restate.ts'

const PEERS: readonly Peer[] = [restate, dbos]

/** The same shapes, by the same clients, one peer after the other. One that fails is left out. */
export async function measurePeers(
  infrastructure: Infrastructure,
  options: EngineOptions,
): Promise<Row[]> {
  const rows: Row[] = []
  for (const peer of PEERS) {
    try {
      console.error(`Installing ${peer.packages.join(' ')} ...`)
      const folder = await installPeer(peer, infrastructure.directory)
      rows.push(...(await measurePeer(infrastructure, { peer, folder, options })))
    } catch (error) {
      console.error(`${peer.name} is left out: ${error instanceof Error ? error.message : error}`)
    }
  }
  return rows
}

interface Measured {
  readonly peer: Peer
  readonly folder: string
  readonly options: EngineOptions
}

async function measurePeer(
  infrastructure: Infrastructure,
  { peer, folder, options }: Measured,
): Promise<Row[]> {
  const running = await peer.start(infrastructure, folder)
  const pids = [...infrastructure.pids, ...running.pids]
  const meters = await createMeters(infrastructure, () => pids)
  const connections = Math.max(...options.concurrencies)
  const client = createHttpClient({ url: running.url, connections })
  try {
    const rows: Row[] = []
    const idle = await meters.measureIdle()
    for (const cell of cellsOf(client, { peer, running, options })) {
      const row = await measureCell(cell, { meters, idle, runs: options.runs })
      tell(row)
      rows.push(row)
    }
    return rows
  } finally {
    client.close()
    await meters.close()
    await running.stop()
  }
}

interface Wanted {
  readonly peer: Peer
  readonly running: RunningPeer
  readonly options: EngineOptions
}

function cellsOf(client: HttpClient, { peer, running, options }: Wanted): Cell[] {
  return options.scenarios.flatMap((scenario) => {
    const once = async () => {
      const { status, text } = await client.post(running.paths[scenario], '1')
      if (status !== 200) throw new Error(`A run did not succeed: ${status} ${text.slice(0, 500)}`)
    }
    const { concurrencies } = options
    return concurrencies.map((concurrency) => ({ scenario, kind: peer.name, concurrency, once }))
  })
}
