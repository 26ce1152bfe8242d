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
  drop(): Promise<void>
}

/** An empty database with the tables of an app, or with none: one per test file. */
export async function testDatabase(app?: string): Promise<TestDatabase> {
  const url = inject('postgresUrl')
  const name = `${app ?? 'empty'}_${randomUUID().replaceAll('-', '')}`
  await once(url, `CREATE DATABASE ${name} TEMPLATE ${app ? `${app}_template` : 'template1'}`)
  const own = new URL(url)
  own.pathname = `/${name}`
  return {
    databaseUrl: own.href,
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
