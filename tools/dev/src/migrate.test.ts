import { randomUUID } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, expect, inject, test } from 'vitest'
import {
  createMigration,
  deployMigrations,
  type MigrationTarget,
  migrationStatus,
  missingMigration,
  nameAfter,
} from './migrate.ts'

const adminUrl = inject('postgresUrl')
let target: MigrationTarget
let database: string

beforeEach(async () => {
  database = `migrate_${randomUUID().replaceAll('-', '')}`
  await query(adminUrl, `CREATE DATABASE ${database}`)
  const databaseUrl = new URL(adminUrl)
  databaseUrl.pathname = `/${database}`
  target = { app: mkdtempSync(join(tmpdir(), 'dure-migrate-test-')), databaseUrl: databaseUrl.href }
  mkdirSync(join(target.app, 'prisma'))
  writeSchema('name String')
})

afterEach(async () => {
  await query(adminUrl, `DROP DATABASE ${database} WITH (FORCE)`)
  rmSync(target.app, { recursive: true, force: true })
})

function writeSchema(field: string): void {
  writeFileSync(
    join(target.app, 'prisma/schema.prisma'),
    `datasource db {\n  provider = "postgresql"\n}\n\nenum Colour {\n  red\n}\n\nmodel Thing {\n  id String @id\n  colour Colour\n  ${field}\n}\n`,
  )
}

async function query(connectionString: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString })
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

test('a migration is applied once', async () => {
  const name = await createMigration(target, 'init')

  expect(await deployMigrations(target)).toEqual([name])
  expect(await deployMigrations(target)).toEqual([])
  expect(await query(target.databaseUrl, 'SELECT * FROM "Thing"')).toEqual([])
})

test('of several deployments at the same time, one applies the migration', async () => {
  const name = await createMigration(target, 'init')

  const applied = await Promise.all([1, 2, 3].map(() => deployMigrations(target)))

  expect(applied.flat()).toEqual([name])
})

test('a changed schema is noticed until it has its migration', async () => {
  await createMigration(target, 'init')
  await deployMigrations(target)
  expect(await missingMigration(target)).toBeNull()

  writeSchema('name String\n  label String?')
  expect(await missingMigration(target)).toContain('ADD COLUMN     "label"')

  await createMigration(target, 'add-label')
  await deployMigrations(target)
  expect(await missingMigration(target)).toBeNull()
  expect(await createMigration(target, 'nothing')).toBeNull()
  expect(await query(target.databaseUrl, 'SELECT label FROM "Thing"')).toEqual([])
})

test('a script with functions reaches the server whole', async () => {
  writeMigration(
    '20260101000000_function',
    'CREATE FUNCTION one() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN 1; END $$;',
  )

  await deployMigrations(target)

  expect(await query(target.databaseUrl, 'SELECT one()')).toEqual([{ one: 1 }])
})

test('a migration that fails leaves nothing of itself, and is told', async () => {
  writeMigration('20260101000000_bad', 'CREATE TABLE half (n int); SELECT * FROM nowhere;')

  await expect(deployMigrations(target)).rejects.toThrow(/nowhere/)

  expect(await query(target.databaseUrl, "SELECT to_regclass('half') AS half")).toEqual([
    { half: null },
  ])
  expect(await migrationStatus(target)).toMatchObject({
    failedMigrationNames: ['20260101000000_bad'],
  })
})

function writeMigration(name: string, sql: string): void {
  const folder = join(target.app, 'prisma/migrations', name)
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'migration.sql'), sql)
}

test('a migration never comes before an earlier one, whatever the clock says', () => {
  expect(nameAfter(undefined, '20261123065737_init')).toBe('20261123065737_init')
  expect(nameAfter('20261123065737_init', '20261123065738_add')).toBe('20261123065738_add')
  expect(nameAfter('20261123065737_init', '20261123065737_add')).toBe('20261123065738_add')
  expect(nameAfter('20261123065737_init', '20260101000000_a_b')).toBe('20261123065738_a_b')
})
