// `npm run audit -- verify`: whether the audit log is as it was written. For whoever has the database of the gateway.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { OrganizationId } from '@dure/contracts'
import { everyTenant } from '@dure/platform'
import pg from 'pg'
import { readSignedHead } from './audit/heads-service.ts'
import { createAuditStore } from './audit/store.ts'
import { verifyChain } from './audit/verify.ts'

const USAGE = `usage: npm run audit -- verify [--heads FILE]
  --heads FILE   heads that were kept elsewhere (AUDIT_HEADS_FILE, or \`jws\` of GET /v1/audit-logs/head), one a line

Needs DATABASE_URL of the gateway and IDENTITY_PUBLIC_KEY; while \`npm start\` runs here, its own are taken.`

class UsageError extends Error {}

const print = (line: string) => void process.stdout.write(`${line}\n`)

interface Settings {
  readonly databaseUrl: string
  readonly publicKey: string
}

try {
  await main(process.argv.slice(2))
} catch (error) {
  process.stderr.write(`${error instanceof UsageError ? error.message : (error as Error).stack}\n`)
  process.exitCode = error instanceof UsageError ? 2 : 1
}

async function main(args: readonly string[]): Promise<void> {
  const { positionals, values } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { heads: { type: 'string' } },
  })
  if (positionals.length !== 1 || positionals[0] !== 'verify') throw new UsageError(USAGE)
  const { databaseUrl, publicKey } = settings(process.env)
  const pool = new pg.Pool({
    connectionString: everyTenant(databaseUrl),
    max: 2,
    connectionTimeoutMillis: 5000,
  })
  try {
    await verifyAll(pool, await knownHeads(pool, { file: values.heads, publicKey }))
  } finally {
    await pool.end()
  }
}

type Heads = ReadonlyMap<OrganizationId, ReadonlyMap<number, Buffer>>

async function verifyAll(pool: pg.Pool, heads: Heads): Promise<void> {
  const store = createAuditStore(pool)
  const { rows } = await pool.query<{ organization_id: OrganizationId }>(
    'SELECT DISTINCT organization_id FROM audit_entry',
  )
  const organizations = new Set([...rows.map((row) => row.organization_id), ...heads.keys()])
  for (const organizationId of organizations) {
    const signed = heads.get(organizationId) ?? new Map()
    const { head, fault } = await verifyChain(store, organizationId, signed)
    print(
      fault
        ? `${organizationId}  NOT AS IT WAS WRITTEN: entry ${fault.seq} is ${fault.kind}; ${head.seq} before it are whole`
        : `${organizationId}  whole: ${head.seq} entries, ${signed.size} signed heads`,
    )
    if (fault) process.exitCode = 1
  }
  print(
    process.exitCode
      ? '\nNext: compare with a backup, and look at who had access to the database.'
      : `\n${organizations.size} organizations. Heads in the database prove little to who owns it: keep them elsewhere too.`,
  )
}

/** Those of the database, and those that were kept elsewhere. */
async function knownHeads(
  pool: pg.Pool,
  { file, publicKey }: { readonly file: string | undefined; readonly publicKey: string },
): Promise<Heads> {
  const { rows } = await pool.query<{ jws: string }>('SELECT jws FROM audit_signature')
  const kept = file === undefined ? [] : readFileSync(file, 'utf8').split('\n').filter(Boolean)
  const heads = new Map<OrganizationId, Map<number, Buffer>>()
  // What was kept elsewhere comes last: it is what counts.
  for (const jws of [...rows.map((row) => row.jws), ...kept]) {
    const { organizationId, seq, hash } = await readSignedHead(jws, publicKey)
    const known = heads.get(organizationId) ?? new Map<number, Buffer>()
    heads.set(organizationId, known.set(seq, hash))
  }
  return heads
}

function settings({
  DATABASE_URL,
  IDENTITY_PUBLIC_KEY,
  DURE_DATA = '.data',
}: NodeJS.ProcessEnv): Settings {
  if (DATABASE_URL && IDENTITY_PUBLIC_KEY) {
    return { databaseUrl: DATABASE_URL, publicKey: IDENTITY_PUBLIC_KEY }
  }
  const file = join(DURE_DATA, 'connection.json')
  if (!existsSync(file)) throw new UsageError(USAGE)
  const { gatewayDatabaseUrl, identityPublicKey } = JSON.parse(readFileSync(file, 'utf8')) as {
    readonly gatewayDatabaseUrl: string
    readonly identityPublicKey: string
  }
  return { databaseUrl: gatewayDatabaseUrl, publicKey: identityPublicKey }
}
