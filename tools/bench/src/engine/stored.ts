import pg from 'pg'
import { urlOfDatabase } from '../infrastructure.ts'
import { type Bench, warmUp } from './bench.ts'
import { copyRun } from './copy-run.ts'
import { measureCell } from './measure.ts'
import type { Row } from './row.ts'
import { graphOf } from './shapes.ts'
import { publish, runnerOf } from './workflows.ts'

const CLIENTS = [1, 16]

export interface Stored {
  readonly stored: number
  readonly before: readonly Row[]
  readonly after: readonly Row[]
}

/** Whether runs get slower when many finished ones are stored: the same cells before and after. */
export async function measureStored(bench: Bench, count: number): Promise<Stored> {
  const { client, engine, infrastructure } = bench
  const once = runnerOf(client, await publish(client, 'stored', graphOf('seq10', 'pure')), { n: 1 })
  const idle = await bench.meters.measureIdle()
  const measure = async () => {
    const rows: Row[] = []
    for (const concurrency of CLIENTS) {
      const cell = { scenario: 'seq10', kind: 'pure', concurrency, once } as const
      rows.push(await measureCell(cell, { meters: bench.meters, idle, runs: null }))
    }
    return rows
  }
  await warmUp(bench)
  const before = await measure()
  const { id } = JSON.parse(await once()) as { id: string }
  await bench.meters.settle(idle)
  await engine.stop('workflow')
  const url = urlOfDatabase(infrastructure.adminUrl, 'dure_workflow')
  await withClient(url, (db) => copyRun(db, { id, count }))
  await engine.start('workflow')
  await warmUp(bench)
  return { stored: count, before, after: await measure() }
}

async function withClient(url: string, use: (db: pg.Client) => Promise<void>): Promise<void> {
  const db = new pg.Client({ connectionString: url })
  await db.connect()
  try {
    await use(db)
  } finally {
    await db.end()
  }
}
