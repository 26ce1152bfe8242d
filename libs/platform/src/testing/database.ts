import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'

declare module 'vitest' {
  interface ProvidedContext {
    postgresUrl: string
    redisUrl: string
  }
}

export interface TestDatabase {
  readonly databaseUrl: string
  /** The same database, without row level security. */
  readonly superuserUrl: string
  drop(): Promise<void>
}

/**
 * An empty database with the tables of an app, or with none: one per test file. As in production, they belong to a role
 * for which row level security holds.
 */
export async function testDatabase(app?: string): Promise<TestDatabase> {
  const url = inject('postgresUrl')
  const role = app ?? 'empty'
  const name = `${role}_${randomUUID().replaceAll('-', '')}`
  await once(url, `CREATE DATABASE ${name} TEMPLATE ${app ? `${app}_template` : 'template1'}`)
  const own = new URL(url)
  own.pathname = `/${name}`
  const superuserUrl = own.href
  await once(url, `ALTER DATABASE ${name} OWNER TO test_${role}`)
  own.username = `test_${role}`
  own.password = 'password'
  return {
    databaseUrl: own.href,
    superuserUrl,
    drop: () => once(url, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  }
}

async function once(connectionString: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}
