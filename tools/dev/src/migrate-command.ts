import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseOptions, runCommand, UsageError } from './command-line.ts'
import { startGuard } from './guard.ts'
import {
  createMigration,
  deployMigrations,
  type MigrationTarget,
  migrationStatus,
  missingMigration,
} from './migrate.ts'
import { startPostgres } from './postgres.ts'

const USAGE = `usage: node tools/start.mjs migrate <command> --app apps/<name>
  create --name <what>  writes the migration from the last one to prisma/schema.prisma
  check                 exits with 1 when the schema has changes without a migration
  deploy                applies the migrations to the database of DATABASE_URL
  status                compares the migrations with the database of DATABASE_URL`

await runCommand(async () => {
  const { words, options } = parseOptions(process.argv.slice(2), ['app', 'name'])
  const { app, name } = options
  if (!app) throw new UsageError(USAGE)
  if (!existsSync(join(app, 'prisma/schema.prisma'))) {
    throw new UsageError(`${app} has no prisma/schema.prisma: name the folder of an app with --app`)
  }
  switch (words[0]) {
    case 'create':
      return withDatabase((databaseUrl) => create({ app, databaseUrl }, name))
    case 'check':
      return withDatabase((databaseUrl) => check({ app, databaseUrl }))
    case 'deploy':
      return deploy({ app, databaseUrl: requiredUrl() })
    case 'status':
      return status({ app, databaseUrl: requiredUrl() })
    default:
      throw new UsageError(USAGE)
  }
})

async function create(target: MigrationTarget, name: string | undefined): Promise<void> {
  if (!name) throw new UsageError('Say what the migration does: --name add-labels')
  await deployMigrations(target)
  const created = await createMigration(target, name)
  if (!created) {
    console.log('The schema has not changed since the last migration: nothing to write.')
    return
  }
  console.log(`Written: ${join(target.app, 'prisma/migrations', created, 'migration.sql')}`)
  console.log('Next: read it and commit it. `npm start` and `npm test` apply it by themselves.')
}

async function check(target: MigrationTarget): Promise<void> {
  const missing = await missingMigration(target)
  if (missing === null) {
    console.log(`${target.app}: the migrations make exactly the schema.`)
    return
  }
  console.error(`${target.app}: the schema has changes without a migration:\n${missing}`)
  console.error(`Next: node tools/start.mjs migrate create --app ${target.app} --name <what>`)
  process.exitCode = 1
}

async function deploy(target: MigrationTarget): Promise<void> {
  const applied = await deployMigrations(target)
  console.log(applied.length > 0 ? `Applied: ${applied.join(', ')}` : 'Nothing to apply.')
}

async function status(target: MigrationTarget): Promise<void> {
  const { history, failedMigrationNames, editedMigrationNames } = await migrationStatus(target)
  const failed = failedMigrationNames.map((name) => `failed half-way: ${name}`)
  const edited = editedMigrationNames.map((name) => `edited after it was applied: ${name}`)
  const missing =
    history && 'unappliedMigrationNames' in history
      ? history.unappliedMigrationNames.map((name) => `not applied: ${name}`)
      : []
  const unknown =
    history && 'unpersistedMigrationNames' in history
      ? history.unpersistedMigrationNames.map((name) => `applied, but not in the folder: ${name}`)
      : []
  const findings = [...failed, ...edited, ...missing, ...unknown]
  console.log(findings.length > 0 ? findings.join('\n') : 'The database is up to date.')
  if (findings.length > 0) process.exitCode = 1
}

function requiredUrl(): string {
  const url = process.env.DATABASE_URL
  if (!url) throw new UsageError('Set DATABASE_URL to the database of this app')
  return url
}

/** On DATABASE_URL, or on a PostgreSQL that lives as long as this command. */
async function withDatabase(use: (databaseUrl: string) => Promise<void>): Promise<void> {
  if (process.env.DATABASE_URL) return use(process.env.DATABASE_URL)
  const guard = startGuard()
  const directory = mkdtempSync(join(tmpdir(), 'dure-migrate-'))
  guard.removeAtEnd(directory)
  const postgres = await startPostgres({
    directory: join(directory, 'postgres'),
    ephemeral: true,
    guard,
  })
  try {
    await use(postgres.url)
  } finally {
    await postgres.stop()
    rmSync(directory, { recursive: true, force: true })
    await guard.close()
  }
}
