import { SERVICES, type ServiceName } from './repository.ts'
import type { Secrets } from './secrets.ts'

/** Everything that the five services of one installation must know of each other. */
export interface Installation {
  readonly ports: Readonly<Record<ServiceName, number>>
  readonly databaseUrls: Readonly<Record<ServiceName, string>>
  readonly redisUrl: string
  readonly secrets: Secrets
  /** Settings of the model for the agent service, such as MODEL_BASE_URL. */
  readonly model: Readonly<Record<string, string>>
  /** Needed when installations share one Redis. */
  readonly queuePrefix?: string | undefined
  readonly logLevel: string
}

/** The environment of one service; each gets the secrets that it needs and no other. */
export function serviceEnvironment(
  service: ServiceName,
  installation: Installation,
): Record<string, string> {
  const { ports, databaseUrls, redisUrl, queuePrefix, logLevel, secrets, model } = installation
  return {
    HOST: '127.0.0.1',
    PORT: String(ports[service]),
    LOG_LEVEL: logLevel,
    ROLE: 'all',
    DATABASE_URL: databaseUrls[service],
    REDIS_URL: redisUrl,
    OTEL_SERVICE_NAME: `dure-${service}`,
    ...(queuePrefix && { QUEUE_PREFIX: queuePrefix }),
    ...(service === 'gateway'
      ? gatewayEnvironment(installation)
      : { IDENTITY_PUBLIC_KEY: secrets.identityPublicKey }),
    ...((service === 'agent' || service === 'workflow') && {
      SECRETS_KEYS: secrets.secretsKeys[service],
    }),
    ...(service === 'agent' && { ...nursery(8), ...model }),
  }
}

/**
 * Left alone, V8 lets it grow by what a machine has. What the agent service makes lives as long as an answer: a quarter
 * of the memory less, for the same CPU. The gateway would pay for as little as that.
 */
const nursery = (megabytes: number) => ({ NODE_OPTIONS: `--max-semi-space-size=${megabytes}` })

function gatewayEnvironment({ ports, secrets }: Installation): Record<string, string> {
  const urls = SERVICES.filter((service) => service !== 'gateway').map((service) => [
    `${service.toUpperCase()}_URL`,
    `http://127.0.0.1:${ports[service]}`,
  ])
  return {
    ...nursery(16),
    ...Object.fromEntries(urls),
    IDENTITY_PRIVATE_KEY: secrets.identityPrivateKey,
    KEY_PEPPER: secrets.keyPepper,
    BOOTSTRAP_API_KEY: secrets.apiKey,
  }
}
