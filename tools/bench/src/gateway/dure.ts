import { createHmac } from 'node:crypto'
import {
  appFolder,
  deployMigrations,
  freePort,
  generateSecrets,
  type Installation,
  prepareDatabases,
  ROOT,
  SERVICES,
  type ServiceName,
  serviceEnvironment,
} from '@dure/dev'
import pg from 'pg'
import { urlOfDatabase } from '../infrastructure.ts'
import type { Contender, RunningContender, Surroundings } from './contender.ts'
import { startLoggingProgram } from './program.ts'

/** The gateway as an operator runs it; the services behind it are the same server as for everybody. */
export const dure: Contender = {
  name: 'dure',
  does: 'key, limits, identity, trace (1 % sampled), access log',
  packages: [],
  absence: () => null,
  start: async (surroundings) => (await installGateways(surroundings)).start('dure'),
}

/** A database with the keys, and as many gateways on it as are started. */
export interface Gateways {
  /** Has all scopes, in the tenant "Default". */
  readonly bootstrapKey: string
  /** @param settings of its environment, beyond the usual ones */
  start(name: string, settings?: Readonly<Record<string, string>>): Promise<RunningContender>
}

export async function installGateways(surroundings: Surroundings): Promise<Gateways> {
  const { infrastructure, keys } = surroundings
  const installation = await install(surroundings)
  await addKeys(surroundings, installation)
  return {
    bootstrapKey: installation.secrets.apiKey,
    async start(name, settings = {}) {
      const port = await freePort()
      const url = `http://127.0.0.1:${port}`
      const { pid, stop } = await startLoggingProgram(infrastructure, {
        name,
        command: process.execPath,
        args: ['--import', './libs/platform/src/otel.ts', 'apps/gateway/src/main.ts'],
        env: { ...environmentOf(surroundings, installation), PORT: String(port), ...settings },
        cwd: ROOT,
        readyUrl: `${url}/v1/workflows`,
        headers: { authorization: `Bearer ${keys[0]}` },
      })
      return { url, pids: [pid], stop }
    },
  }
}

async function install({ infrastructure, pepper }: Surroundings): Promise<Installation> {
  const secrets = { ...generateSecrets(), keyPepper: pepper }
  const { adminUrl, redisUrl } = infrastructure
  const databaseUrls = await prepareDatabases({ adminUrl, passwords: secrets.databasePasswords })
  await deployMigrations({ app: appFolder('gateway'), databaseUrl: databaseUrls.gateway })
  const ports = {} as Record<ServiceName, number>
  for (const service of SERVICES) ports[service] = await freePort()
  return { ports, databaseUrls, redisUrl, secrets, model: {}, logLevel: 'info' }
}

function environmentOf(
  { upstreamUrl, collectorUrl }: Surroundings,
  installation: Installation,
): Record<string, string> {
  const services = SERVICES.filter((service) => service !== 'gateway')
  const urls = services.map((service) => [`${service.toUpperCase()}_URL`, upstreamUrl])
  return {
    ...serviceEnvironment('gateway', installation),
    ...Object.fromEntries(urls),
    NODE_ENV: 'production',
    LIMITS,
    OTEL_EXPORTER_OTLP_ENDPOINT: collectorUrl,
    OTEL_TRACES_SAMPLER_ARG: '0.01',
  }
}

const NO_END = { limit: 1_000_000, periodS: 1, burst: 1_000_000 }
/** All keys belong to one organization, which would be at its limit at once. */
const LIMITS = JSON.stringify({
  organization: { kind: 'rate', per: 'organization', ...NO_END },
})

/** As rows: a thousand requests to make them would take longer than the measurement. */
async function addKeys(
  { infrastructure, keys, pepper }: Surroundings,
  { databaseUrls }: Installation,
): Promise<void> {
  const database = new URL(databaseUrls.gateway).pathname.slice(1)
  const client = new pg.Client({
    connectionString: urlOfDatabase(infrastructure.adminUrl, database),
  })
  await client.connect()
  // Not the first tenant: a project has at most so many keys.
  const tenant = 'b'.repeat(32)
  try {
    await client.query(
      `INSERT INTO organization (id, name) VALUES ('org_${tenant}', 'bench') ON CONFLICT DO NOTHING`,
    )
    await client.query(
      `INSERT INTO project (id, organization_id, name) VALUES ('prj_${tenant}', 'org_${tenant}', 'bench') ON CONFLICT DO NOTHING`,
    )
    for (const [index, key] of keys.entries()) {
      const hash = createHmac('sha256', Buffer.from(pepper, 'base64')).update(key).digest()
      const id = `key_${String(index).padStart(32, '0')}`
      await client.query(INSERT_KEY, [
        id,
        `org_${tenant}`,
        `prj_${tenant}`,
        key.slice(10, 20),
        hash,
      ])
    }
  } finally {
    await client.end()
  }
}

const INSERT_KEY = `
  INSERT INTO api_key (id, organization_id, project_id, public_id, hash, pepper_version, start, last4, scopes)
  VALUES ($1, $2, $3, $4, $5, 1, 'dure_live_', '0000', '{workflows:read,runs:read}') ON CONFLICT DO NOTHING`
