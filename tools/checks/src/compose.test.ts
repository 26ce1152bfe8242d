import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type Compose, parseCompose, parseEnv, substitute } from './compose.ts'
import { isPinned } from './deployment-rules.ts'
import { ROOT, read, SERVICES } from './repository.ts'
import { askService, environmentProblems } from './service-config.ts'

const text = read('docker-compose.yml')
const compose = parseCompose(text)
const env = parseEnv(createEnv())

describe('docker-compose.yml', () => {
  test('takes what docker/create-env.ts prints, and .env.example names the same', () => {
    expect(() => substitute(text, env)).not.toThrow()
    expect(() => substitute(text, { ...env, KEY_PEPPER: '' })).toThrow('KEY_PEPPER')
    expect(Object.keys(parseEnv(read('.env.example')))).toEqual(Object.keys(env))
    for (const name of Object.keys(env)) expect(text).toContain(`\${${name}`)
  })

  test.each(SERVICES)('starts %s with an environment that it accepts', async (service) => {
    const environment = environmentOf(service)
    const broken = { ...environment, DATABASE_URL: '' }

    const { complaints, ...settings } = await askService(service, [environment, broken])

    expect(environmentProblems(service, settings, Object.keys(environment))).toEqual([])
    expect(complaints[0]).toBe('')
    expect(complaints[1]).toContain('DATABASE_URL')
  })

  test.each(SERVICES)(
    'starts %s from its image, after its migration, on a sound Valkey',
    (name) => {
      const service = compose[name]

      expect(service?.build?.dockerfile).toBe(`apps/${name}/Dockerfile`)
      expect(service?.healthcheck?.test.join(' ')).toContain('/readyz')
      expect(service?.depends_on).toEqual({
        [`migrate-${name}`]: { condition: 'service_completed_successfully' },
        valkey: { condition: 'service_healthy' },
      })
      expect(compose[`migrate-${name}`]?.command).toEqual(['--app', `apps/${name}`])
      expect(compose[`migrate-${name}`]?.environment?.DATABASE_URL).toBe(
        service?.environment?.DATABASE_URL,
      )
      expect(compose[`migrate-${name}`]?.depends_on).toEqual({
        postgres: { condition: 'service_healthy' },
      })
    },
  )

  test('has PostgreSQL 18, a Valkey 9 that evicts nothing and keeps a log, and Jaeger 2', () => {
    expect(compose.postgres?.image).toMatch(/^postgres:18\./)
    expect(compose.valkey?.image).toMatch(/^valkey\/valkey:9\./)
    expect(compose.valkey?.command?.join(' ')).toContain('--maxmemory-policy noeviction')
    expect(compose.valkey?.command?.join(' ')).toContain('--appendonly yes')
    expect(compose.jaeger?.image).toMatch(/^jaegertracing\/jaeger:2\./)
    expect(compose.jaeger?.ports).toContain('127.0.0.1:16686:16686')
    expect(compose.jaeger?.expose).toContain('4318')
    expect([compose.postgres?.healthcheck, compose.valkey?.healthcheck]).not.toContain(undefined)
  })

  test('pins every image that it does not build, and builds from files that are there', () => {
    for (const [name, { image = '', build }] of Object.entries(compose)) {
      if (build) expect(existsSync(join(ROOT, build.dockerfile)), name).toBe(true)
      else expect(isPinned(image), name).toBe(true)
    }
  })

  test('publishes the gateway and the pages of Jaeger to this machine, and nothing else', () => {
    const published = Object.entries(compose).flatMap(([name, { ports = [] }]) =>
      ports.map((port) => `${name} ${substitute(port, {})}`),
    )

    expect(published).toEqual(['gateway 127.0.0.1:3000:3000', 'jaeger 127.0.0.1:16686:16686'])
  })

  test('gives each service a database and a role that the first start makes', () => {
    const sql = read('docker/postgres/databases.sql')

    for (const service of SERVICES) {
      const password = `${service.toUpperCase()}_DATABASE_PASSWORD`
      expect(sql).toContain(`\\getenv password ${password}\nCREATE ROLE dure_${service} LOGIN`)
      expect(sql).toContain(`CREATE DATABASE dure_${service} OWNER dure_${service};`)
      expect(sql).toContain(`REVOKE ALL ON DATABASE dure_${service} FROM PUBLIC;`)
      expect(compose.postgres?.environment).toHaveProperty(password)
      expect(environmentOf(service).DATABASE_URL).toBe(
        `postgresql://dure_${service}:${env[password]}@postgres:5432/dure_${service}`,
      )
    }
  })
})

describe('the Dockerfiles', () => {
  test('of the services differ in the name of the service alone', () => {
    const [first, ...others] = SERVICES.map((service) =>
      read(`apps/${service}/Dockerfile`).replaceAll(new RegExp(`\\b${service}\\b`, 'g'), 'SERVICE'),
    )

    for (const other of others) expect(other).toBe(first)
    expect(first).toContain('ARG APP=SERVICE\n')
  })

  test.each([
    ...SERVICES.map((service) => `apps/${service}/Dockerfile`),
    'docker/migrate.Dockerfile',
  ])('%s runs a fixed Node without root', (path) => {
    const lines = read(path).split('\n')
    const [, image = ''] = /^ARG NODE_IMAGE=(.*)$/m.exec(read(path)) ?? []

    expect(image).toMatch(/^node:24\.\d+\.\d+-bookworm-slim$/)
    expect(lines.filter((line) => line.startsWith('FROM ')).every(isFromNode)).toBe(true)
    expect(lines.findLast((line) => line.startsWith('USER '))).toBe('USER 1000:1000')
  })

  test('leave secrets and what the machine made out of the images', () => {
    const ignored = read('.dockerignore').split('\n')

    expect(ignored).toEqual(
      expect.arrayContaining(['**/node_modules', '**/.env*', '.git', '.data']),
    )
  })
})

describe('the reading of Compose files', () => {
  test('merges anchors', () => {
    const { a } = parseCompose(
      'x-a: &a { image: x }\nservices:\n  a: { <<: *a, ports: [] }',
    ) as Compose

    expect(a).toEqual({ image: 'x', ports: [] })
  })

  test('substitutes as Compose does', () => {
    const all = `\${A} \${B:-b} \${C:-c} \${A:?no}`

    expect(substitute(all, { A: '1', C: '3' })).toBe('1 b 3 1')
    expect(() => substitute(`\${D}`, {})).toThrow('D is used and not set')
    expect(() => substitute(`\${D:?make it}`, { D: '' })).toThrow('D: make it')
  })
})

function environmentOf(service: string): Record<string, string> {
  const entries = Object.entries(compose[service]?.environment ?? {})
  return Object.fromEntries(entries.map(([name, value]) => [name, substitute(value, env)]))
}

function createEnv(): string {
  return execFileSync(process.execPath, ['docker/create-env.ts'], { cwd: ROOT, encoding: 'utf8' })
}

function isFromNode(line: string): boolean {
  return /^FROM \$\{NODE_IMAGE\}( AS [a-z]+)?$/.test(line)
}
