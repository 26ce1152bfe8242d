import { runLoad } from '../closed-loop.ts'
import { createHttpClient, type HttpClient } from '../http-client.ts'
import { createIdentityHeaders } from '../identity.ts'
import type { Infrastructure } from '../infrastructure.ts'
import { createMeters, type Meters } from '../meters/meters.ts'
import { createEngine, type Engine } from './installation.ts'
import { type Cell, measureCell } from './measure.ts'
import type { EngineOptions } from './options.ts'
import type { Row } from './row.ts'
import { graphOf, type Kind } from './shapes.ts'
import { publish, runnerOf } from './workflows.ts'

const WARM_UP_CLIENTS = 16
const WARM_UP_MS = 2500

/** The services of one benchmark, a client for them, and what counts their cost. */
export interface Bench {
  readonly infrastructure: Infrastructure
  readonly engine: Engine
  readonly meters: Meters
  readonly client: HttpClient
  close(): Promise<void>
}

export async function openBench(
  infrastructure: Infrastructure,
  connections: number,
): Promise<Bench> {
  const engine = await createEngine(infrastructure)
  await engine.start('workflow')
  const meters = await createMeters(infrastructure, engine.pids)
  const client = createHttpClient({
    url: engine.url,
    connections,
    headers: createIdentityHeaders(engine.identityPrivateKey, 'workflow'),
  })
  return {
    ...{ infrastructure, engine, meters, client },
    async close() {
      client.close()
      await meters.close()
      await engine.close()
    },
  }
}

/**
 * Makes the services what they are after a while: code compiled, connections open, and the tables
 * known to the planner, as autovacuum would see to within minutes.
 */
export async function warmUp({ client, infrastructure }: Bench): Promise<void> {
  const workflowId = await publish(client, 'warm-up', graphOf('seq10', 'pure'))
  const run = runnerOf(client, workflowId, { n: 1 })
  const once = async () => void (await run())
  await runLoad({ concurrency: WARM_UP_CLIENTS, length: { forMs: WARM_UP_MS }, once })
  await infrastructure.vacuum()
  await runLoad({ concurrency: WARM_UP_CLIENTS, length: { forMs: WARM_UP_MS }, once })
}

/** Every cell that the options ask for, one after the other, told as they come. */
export async function measureEngine(
  bench: Bench,
  { kinds, scenarios, concurrencies, runs }: EngineOptions,
): Promise<Row[]> {
  await warmUp(bench)
  const rows: Row[] = []
  for (const kind of kinds) {
    if (kind === 'remote') await bench.engine.start('agent')
    const idle = await bench.meters.measureIdle()
    for (const cell of await cellsOf(bench, { kind, scenarios, concurrencies })) {
      const row = await measureCell(cell, { meters: bench.meters, idle, runs })
      tell(row)
      rows.push(row)
    }
  }
  return rows
}

type Wanted = Pick<EngineOptions, 'scenarios' | 'concurrencies'> & { readonly kind: Kind }

async function cellsOf({ client }: Bench, { kind, scenarios, concurrencies }: Wanted) {
  const cells: Cell[] = []
  for (const scenario of scenarios) {
    const name = `${scenario} ${kind}`
    const once = runnerOf(client, await publish(client, name, graphOf(scenario, kind)), { n: 1 })
    cells.push(...concurrencies.map((concurrency) => ({ scenario, kind, concurrency, once })))
  }
  return cells
}

export function tell({ scenario, kind, concurrency, runsPerSecond, p50Ms }: Row): void {
  const what = `${scenario} ${kind}, ${concurrency} clients`
  console.error(`${what.padEnd(28)} ${runsPerSecond.toFixed(0)} runs/s, p50 ${p50Ms.toFixed(1)} ms`)
}
