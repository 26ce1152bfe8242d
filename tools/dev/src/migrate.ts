import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type {
  DiagnoseMigrationHistoryOutput,
  SchemaEngine,
  SchemasContainer,
} from '@prisma/schema-engine-wasm'
import { withEngine } from './engine.ts'
import { LOCK_FILE, LOCK_TEXT, readMigrations } from './migrations-folder.ts'
import { withScratchDatabases } from './scratch-databases.ts'

/** An app and the database that its migrations are for. */
export interface MigrationTarget {
  /** Folder of the app: it holds `prisma/schema.prisma` and `prisma/migrations`. */
  readonly app: string
  readonly databaseUrl: string
}

const NO_FILTER = { externalTables: [], externalEnums: [] }

/**
 * Applies what is not applied yet, each migration as a whole or not at all. Several processes may
 * do this at the same time: one applies, the others wait and find nothing to do.
 *
 * @returns the names of the migrations applied now
 */
export async function deployMigrations({ app, databaseUrl }: MigrationTarget): Promise<string[]> {
  const migrationsList = await migrationsOf(app)
  return withEngine({ databaseUrl, schemaPath: schemaOf(app) }, async (engine) => {
    const result = await engine.applyMigrations({ migrationsList, filters: NO_FILTER })
    return result.appliedMigrationNames
  })
}

/** How the database and the folder compare: what is missing, failed, or edited afterwards. */
export async function migrationStatus({
  app,
  databaseUrl,
}: MigrationTarget): Promise<DiagnoseMigrationHistoryOutput> {
  const migrationsList = await migrationsOf(app)
  return withEngine({ databaseUrl, schemaPath: schemaOf(app) }, (engine) =>
    engine.diagnoseMigrationHistory({
      migrationsList,
      optInToShadowDatabase: false,
      filters: NO_FILTER,
    }),
  )
}

/**
 * Migrations are applied in the order of their names, which begin with a second: one that was made
 * in the same second as the last, or by a clock that is behind, takes the second after it.
 */
export function nameAfter(last: string | undefined, name: string): string {
  const [second = '', ...rest] = name.split('_')
  const [lastSecond = ''] = last?.split('_') ?? []
  if (second > lastSecond) return name
  return [(BigInt(lastSecond) + 1n).toString(), ...rest].join('_')
}

/**
 * Writes the migration that leads from the migrations so far to the schema. The database must be
 * empty, or be what the migrations so far have made of it.
 *
 * @returns the name of the new folder, or null when the schema has not changed
 */
export async function createMigration(
  target: MigrationTarget,
  name: string,
): Promise<string | null> {
  const folder = join(target.app, 'prisma/migrations')
  const migrationsList = await migrationsOf(target.app)
  return withScratchEngine(target, async (engine, schema) => {
    // As in `prisma migrate dev`: the engine wants this question before the next.
    const { action } = await engine.devDiagnostic({ migrationsList, filters: NO_FILTER })
    if (action.tag === 'reset') {
      throw new Error(`The database is not what its migrations make: ${action.reason}`)
    }
    const made = await engine.createMigration({
      draft: false,
      migrationName: name,
      migrationsList,
      schema,
      filters: NO_FILTER,
    })
    if (!made.migrationScript) return null
    const last = migrationsList.migrationDirectories.at(-1)?.path
    const migration = nameAfter(last, made.generatedMigrationName)
    await mkdir(join(folder, migration), { recursive: true })
    await writeFile(join(folder, migration, 'migration.sql'), made.migrationScript)
    await writeFile(join(folder, LOCK_FILE), LOCK_TEXT)
    return migration
  })
}

/**
 * Compares the migrations with the schema.
 *
 * @returns the SQL that is missing from the migrations, or null when nothing is
 */
export async function missingMigration(target: MigrationTarget): Promise<string | null> {
  const migrationsList = await migrationsOf(target.app)
  return withScratchEngine(target, async (engine, schema) => {
    const { exitCode, stdout } = await engine.diff({
      from: { tag: 'migrations', ...migrationsList },
      to: { tag: 'schemaDatamodel', ...schema },
      script: true,
      exitCode: true,
      filters: NO_FILTER,
    })
    return exitCode === 0 ? null : (stdout ?? '')
  })
}

function migrationsOf(app: string) {
  return readMigrations(join(app, 'prisma/migrations'))
}

function schemaOf(app: string): string {
  return join(app, 'prisma/schema.prisma')
}

/** With databases to replay migrations in. */
function withScratchEngine<Result>(
  { app, databaseUrl }: MigrationTarget,
  use: (engine: SchemaEngine, schema: SchemasContainer) => Promise<Result>,
): Promise<Result> {
  return withScratchDatabases(databaseUrl, (makeScratch) =>
    withEngine({ databaseUrl, schemaPath: schemaOf(app), makeScratch }, use),
  )
}
