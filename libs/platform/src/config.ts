import { type Static, type TObject, Type } from 'typebox'
import { Value } from 'typebox/value'

/** What every service needs to know. A service spreads these into its own schema. */
export const ServiceConfig = Type.Object({
  HOST: Type.String({ default: '0.0.0.0' }),
  PORT: Type.Integer({ minimum: 0, maximum: 65_535, default: 3000 }),
  LOG_LEVEL: Type.Enum(['debug', 'info', 'warn', 'error', 'silent'], { default: 'info' }),
  ROLE: Type.Enum(['api', 'worker', 'all'], {
    default: 'all',
    description: 'Serve requests, handle messages, or both',
  }),
  DATABASE_URL: Type.String({ minLength: 1, description: 'PostgreSQL, of this service alone' }),
  REDIS_URL: Type.String({ default: 'redis://localhost:6379' }),
  DRAIN_MS: Type.Integer({
    minimum: 0,
    maximum: 60_000,
    default: 0,
    description:
      'Milliseconds between "not ready" and closing, when nothing else (such as a preStop hook) waits until no new work comes',
  }),
  QUEUE_PREFIX: Type.String({
    pattern: '^[a-z0-9-]{1,40}$',
    default: 'dure',
    description: 'Installations that share one Redis need one each',
  }),
})
export type ServiceConfig = Static<typeof ServiceConfig>

/** A service behind the gateway also needs to recognise the gateway. */
export const BackendConfig = Type.Object({
  ...ServiceConfig.properties,
  IDENTITY_PUBLIC_KEY: Type.String({
    minLength: 1,
    description: 'Base64 of the SPKI PEM of the Ed25519 key that the gateway signs with',
  }),
})
export type BackendConfig = Static<typeof BackendConfig>

class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

/**
 * Reads the environment once, at the very start. Reports every mistake at the same time, and names
 * the variables but never their values: a typo must not print a password.
 */
export function loadConfig<Schema extends TObject>(
  schema: Schema,
  env: NodeJS.ProcessEnv = process.env,
): Readonly<Static<Schema>> {
  const known = Object.fromEntries(Object.keys(schema.properties).map((key) => [key, env[key]]))
  const present = Object.fromEntries(Object.entries(known).filter(([, value]) => value))
  const config = Value.Default(schema, Value.Convert(schema, present))

  if (Value.Check(schema, config)) return Object.freeze(config)

  const problems = Value.Errors(schema, config).map(({ instancePath, message }) =>
    `${instancePath.slice(1)} ${message}`.trim(),
  )
  throw new ConfigError(`The environment is not valid: ${problems.join('; ')}`)
}
