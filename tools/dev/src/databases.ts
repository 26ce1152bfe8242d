import pg from 'pg'
import { UsageError } from './command-line.ts'
import { SERVICES, type ServiceName } from './repository.ts'

export interface DatabaseOptions {
  /** Of a user who may create databases and roles. */
  readonly adminUrl: string
  readonly passwords: Readonly<Record<ServiceName, string>>
}

/**
 * Gives each service the database `dure_<service>` and a role of the same name, which owns that
 * database, may connect to no other one, and is neither superuser nor exempt from row security.
 *
 * @returns the URL of each service's database, for its role
 */
export async function prepareDatabases({
  adminUrl,
  passwords,
}: DatabaseOptions): Promise<Readonly<Record<ServiceName, string>>> {
  const client = new pg.Client({ connectionString: adminUrl, connectionTimeoutMillis: 10_000 })
  try {
    await client.connect()
    for (const service of SERVICES) await prepareDatabase(client, service, passwords[service])
  } catch (error) {
    throw explained(error)
  } finally {
    await client.end()
  }
  const urls = SERVICES.map((service) => [service, urlOf(adminUrl, service, passwords[service])])
  return Object.fromEntries(urls) as Record<ServiceName, string>
}

/** Each name is one of a fixed list: it needs no quotes. */
async function prepareDatabase(
  client: pg.Client,
  service: ServiceName,
  password: string,
): Promise<void> {
  const name = `dure_${service}`
  const quoted = client.escapeLiteral(password)
  const role = await client.query<{ too_mighty: boolean }>(
    'SELECT rolsuper OR rolbypassrls AS too_mighty FROM pg_roles WHERE rolname = $1',
    [name],
  )
  if (role.rows[0]?.too_mighty) {
    throw new UsageError(
      `The role ${name} exists already and is a superuser or has BYPASSRLS: rename it, or set DATABASE_URL to another server`,
    )
  }
  const verb = role.rows.length === 0 ? 'CREATE' : 'ALTER'
  await client.query(`${verb} ROLE ${name} LOGIN PASSWORD ${quoted}`)

  const database = await client.query('SELECT FROM pg_database WHERE datname = $1', [name])
  if (database.rowCount === 0) {
    // To give a database away, one must be a member of the new owner, which a superuser always is.
    await client.query(`GRANT ${name} TO CURRENT_USER`)
    await client.query(`CREATE DATABASE ${name} OWNER ${name}`)
  }
  // Everybody may connect to a new database unless its owner says otherwise.
  await client.query(`REVOKE ALL ON DATABASE ${name} FROM PUBLIC`)
}

function urlOf(adminUrl: string, service: ServiceName, password: string): string {
  const url = new URL(adminUrl)
  url.pathname = `/dure_${service}`
  url.username = `dure_${service}`
  url.password = password
  return url.href
}

const EXPLANATIONS: Readonly<Record<string, string>> = {
  '42501':
    'the user of DATABASE_URL must be allowed to create databases and roles (CREATEDB CREATEROLE)',
  '28P01': 'check the user and the password in DATABASE_URL',
  '28000': 'check the user in DATABASE_URL, and whether the server lets it in from here',
  '3D000': 'check the database in DATABASE_URL; `postgres` exists on most servers',
  ECONNREFUSED: 'check host and port in DATABASE_URL, and whether the server runs',
  ENOTFOUND: 'check the host in DATABASE_URL',
  ERR_INVALID_URL: 'DATABASE_URL must look like postgresql://user:password@host:5432/postgres',
}

function explained(error: unknown): unknown {
  const { code = '', message } = error as { code?: string; message: string }
  const advice = EXPLANATIONS[code]
  return advice
    ? new UsageError(`The databases cannot be prepared: ${advice} (${message || code})`)
    : error
}
