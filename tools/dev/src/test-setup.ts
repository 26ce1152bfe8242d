import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { messageOf } from './command-line.ts'
import { type Guard, startGuard } from './guard.ts'
import { deployMigrations } from './migrate.ts'
import { type Postgres, startPostgres } from './postgres.ts'
import { generateClients } from './prisma-clients.ts'
import { appFolder, SERVICES, type ServiceName } from './repository.ts'
import { startValkey, type Valkey } from './valkey.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Of the superuser, on the database `postgres`. */
    postgresUrl: string
    redisUrl: string
  }
}

/** What this file needs of the project that vitest hands to a global setup. */
interface Project {
  provide(key: 'postgresUrl' | 'redisUrl', value: string): void
}

/**
 * Once per run of vitest: one PostgreSQL, one Valkey, and for each app a migrated database
 * `<app>_template` from which every test file makes its own. `kill -9` of vitest leaves nothing.
 *
 * @returns what ends it all
 */
export async function setup(project: Project): Promise<() => Promise<void>> {
  const guard = startGuard()
  const directory = mkdtempSync(join(tmpdir(), 'dure-test-'))
  // PostgreSQL may run as another user.
  chmodSync(directory, 0o755)
  guard.removeAtEnd(directory)

  const [postgres, valkey] = await Promise.allSettled([
    startPostgres({ directory: join(directory, 'postgres'), ephemeral: true, guard }),
    startValkey({ guard }),
  ])
  const stop = async () => {
    await Promise.all([postgres, valkey].map((one) => stopOne(one)))
    rmSync(directory, { recursive: true, force: true })
    await guard.close()
  }
  try {
    const { url } = started(postgres)
    await createRole('empty', url)
    await prepareApps(url, guard)
    project.provide('postgresUrl', url)
    project.provide('redisUrl', started(valkey).url)
    return stop
  } catch (error) {
    await stop()
    throw error
  }
}

function started<Value>(result: PromiseSettledResult<Value>): Value {
  if (result.status === 'rejected') throw result.reason
  return result.value
}

async function stopOne(result: PromiseSettledResult<Postgres | Valkey>): Promise<void> {
  if (result.status === 'fulfilled') await result.value.stop()
}

/** A mistake in the schema of one app is told here, and fails the tests of that app alone. */
async function prepareApps(postgresUrl: string, guard: Guard): Promise<void> {
  for (const app of SERVICES) {
    try {
      await generateClients([appFolder(app)], guard)
      await createTemplate(app, postgresUrl)
    } catch (error) {
      console.error(`apps/${app} has no database for its tests: ${messageOf(error)}`)
    }
  }
}

/** Like the one of a service: no superuser, so that row level security holds for it. */
async function createRole(app: ServiceName | 'empty', postgresUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: postgresUrl })
  await client.connect()
  await client
    .query(`CREATE ROLE test_${app} LOGIN PASSWORD 'password'`)
    .finally(() => client.end())
}

async function createTemplate(app: ServiceName, postgresUrl: string): Promise<void> {
  if (!existsSync(join(appFolder(app), 'prisma/migrations'))) return
  const template = `${app}_template`
  // The tables belong to it.
  await createRole(app, postgresUrl)
  const client = new pg.Client({ connectionString: postgresUrl })
  await client.connect()
  try {
    await client.query(`CREATE DATABASE ${template}_unfinished OWNER test_${app}`)
    const databaseUrl = new URL(postgresUrl)
    databaseUrl.pathname = `/${template}_unfinished`
    databaseUrl.username = `test_${app}`
    databaseUrl.password = 'password'
    await deployMigrations({ app: appFolder(app), databaseUrl: databaseUrl.href })
    await client.query(`ALTER DATABASE ${template}_unfinished RENAME TO ${template}`)
  } finally {
    await client.end()
  }
}
