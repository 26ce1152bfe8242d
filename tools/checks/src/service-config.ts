import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { ROOT } from './repository.ts'

export type Environment = Readonly<Record<string, string>>

/** What a service reads from its environment. */
export interface ServiceSettings {
  readonly known: readonly string[]
  readonly required: readonly string[]
}

interface Answer {
  readonly schema: { readonly properties: object; readonly required: readonly string[] }
  readonly complaints: readonly string[]
}

/** What Node, and the tracing that is loaded before a service, read by themselves. */
const READ_BY_OTHERS = [
  'NODE_OPTIONS',
  'OTEL_SERVICE_NAME',
  'OTEL_EXPORTER_OTLP_ENDPOINT',
  'OTEL_TRACES_SAMPLER_ARG',
]

const QUESTION = `
  const [config, environments] = process.argv.slice(1)
  const { Config } = await import(config)
  const { loadConfig } = await import('@dure/platform')
  const complaints = JSON.parse(environments).map((env) => {
    try { loadConfig(Config, env); return '' } catch (error) { return error.message }
  })
  console.log(JSON.stringify({ schema: Config, complaints }))`

/**
 * Asks the service itself, in a process of its own, what it reads from its environment, and what it
 * says about each of these: nothing when it accepts it.
 */
export async function askService(
  service: string,
  environments: readonly Environment[] = [],
): Promise<ServiceSettings & { readonly complaints: readonly string[] }> {
  const config = `./apps/${service}/src/config.ts`
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module', '--eval', QUESTION, config, JSON.stringify(environments)],
    { cwd: ROOT, env: { PATH: process.env.PATH }, timeout: 60_000 },
  )
  const { schema, complaints } = JSON.parse(stdout) as Answer
  const optional = Object.entries(schema.properties)
    .filter(([, property]) => 'default' in property)
    .map(([name]) => name)
  return {
    complaints,
    known: [...Object.keys(schema.properties), ...READ_BY_OTHERS],
    required: schema.required.filter((name) => !optional.includes(name)),
  }
}

/** Names that a service does not know, and names that it cannot do without. */
export function environmentProblems(
  service: string,
  { known, required }: ServiceSettings,
  names: readonly string[],
): string[] {
  return [
    ...names
      .filter((name) => !known.includes(name))
      .map((name) => `${service} does not know ${name}`),
    ...required
      .filter((name) => !names.includes(name))
      .map((name) => `${service} is not given ${name}`),
  ]
}
