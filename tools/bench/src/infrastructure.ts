import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type Guard, ROOT, startGuard, startPostgres, startValkey } from '@dure/dev'
import pg from 'pg'

/** The servers below the services, with nothing on them but what the benchmark puts there. */
export interface Infrastructure {
  /** Ends every process and removes the folder, even when this process is killed. */
  readonly guard: Guard
  readonly directory: string
  /** Of the superuser, on the database `postgres`. */
  readonly adminUrl: string
  readonly redisUrl: string
  readonly redisPid: number
  readonly pids: readonly number[]
  /** Cleans up and analyses every database. */
  vacuum(): Promise<void>
  close(): Promise<void>
}

/**
 * Every statement is counted. No checkpoint falls into a measurement: the WAL of a page is several
 * times as long the first time after one.
 */
const SETTINGS = {
  shared_preload_libraries: 'pg_stat_statements',
  checkpoint_timeout: '1h',
  max_wal_size: '8GB',
}

/** PostgreSQL waits for the disk at every commit, as in production. */
export async function startInfrastructure(): Promise<Infrastructure> {
  const guard = startGuard()
  // On the disk of the repository: a temporary folder may be in memory, where fsync costs nothing.
  mkdirSync(join(ROOT, '.data'), { recursive: true })
  const directory = mkdtempSync(join(ROOT, '.data', 'bench-'))
  // PostgreSQL may run as another user.
  chmodSync(directory, 0o755)
  guard.removeAtEnd(directory)
  const [postgres, valkey] = await Promise.all([
    startCountingPostgres({ directory: join(directory, 'postgres'), guard }),
    startValkey({ guard }),
  ])
  return {
    guard,
    directory,
    adminUrl: postgres.url,
    redisUrl: valkey.url,
    redisPid: valkey.pid,
    pids: [postgres.pid, valkey.pid],
    vacuum: () => vacuumAll(postgres.url),
    async close() {
      await Promise.all([postgres.stop(), valkey.stop()])
      rmSync(directory, { recursive: true, force: true })
      await guard.close()
    },
  }
}

async function startCountingPostgres(where: Parameters<typeof startPostgres>[0]) {
  const first = await startPostgres(where)
  await query(first.url, ...alterations())
  await first.stop()
  const postgres = await startPostgres(where)
  await query(postgres.url, 'CREATE EXTENSION pg_stat_statements')
  return postgres
}

function alterations(): string[] {
  return Object.entries(SETTINGS).map(([name, value]) => `ALTER SYSTEM SET ${name} = '${value}'`)
}

async function vacuumAll(adminUrl: string): Promise<void> {
  const names = await query<{ datname: string }>(
    adminUrl,
    'SELECT datname FROM pg_database WHERE datallowconn',
  )
  for (const { datname } of names) await query(urlOfDatabase(adminUrl, datname), 'VACUUM (ANALYZE)')
}

export function urlOfDatabase(adminUrl: string, database: string): string {
  const url = new URL(adminUrl)
  url.pathname = `/${database}`
  return url.href
}

/** @returns the rows of the last statement */
export async function query<Row extends pg.QueryResultRow>(
  url: string,
  ...statements: readonly string[]
): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    let rows: Row[] = []
    for (const statement of statements) rows = (await client.query<Row>(statement)).rows
    return rows
  } finally {
    await client.end()
  }
}
