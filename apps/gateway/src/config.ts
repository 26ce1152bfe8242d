import { ServiceConfig } from '@dure/platform'
import { type Static, Type } from 'typebox'

const ServiceUrl = (port: number) =>
  Type.String({
    pattern: '^https?://[^/?#]+$',
    default: `http://localhost:${port}`,
    description: 'Where the service listens: scheme, host and port',
  })

const CanaryUrl = Type.Optional(
  Type.String({
    pattern: '^https?://[^/?#]+$',
    description: 'Where another build of the service listens, which part of its callers are led to',
  }),
)
const CanaryWeight = Type.Integer({
  minimum: 0,
  maximum: 100,
  default: 0,
  description: 'Percent of the callers that the canary gets; the same ones each time',
})

/** Nobody on the way may put in keys of their own: https, or a server on this machine. */
export const PROVIDER_URL =
  '^(https://[^\\s@#]+|http://(localhost|127\\.0\\.0\\.1)(:[0-9]+)?(/[^\\s@#]*)?)$'

export const Config = Type.Object({
  ...ServiceConfig.properties,
  WORKFLOW_URL: ServiceUrl(3001),
  AGENT_URL: ServiceUrl(3002),
  KNOWLEDGE_URL: ServiceUrl(3003),
  ANALYTICS_URL: ServiceUrl(3004),
  WORKFLOW_CANARY_URL: CanaryUrl,
  WORKFLOW_CANARY_WEIGHT: CanaryWeight,
  AGENT_CANARY_URL: CanaryUrl,
  AGENT_CANARY_WEIGHT: CanaryWeight,
  KNOWLEDGE_CANARY_URL: CanaryUrl,
  KNOWLEDGE_CANARY_WEIGHT: CanaryWeight,
  ANALYTICS_CANARY_URL: CanaryUrl,
  ANALYTICS_CANARY_WEIGHT: CanaryWeight,
  CORS_ORIGINS: Type.String({
    default: '',
    pattern: '^(\\*|[a-z0-9:/.,\\[\\] -]*)$',
    description: 'Whose pages may call from a browser: origins with commas between them, or *',
  }),
  HSTS_MAX_AGE_S: Type.Integer({
    minimum: 0,
    default: 0,
    description: 'Seconds for which browsers insist on TLS; 0 where there is none in front',
  }),
  MAX_CONNECTIONS: Type.Integer({
    minimum: 1,
    default: 10_000,
    description: 'So many connections of clients at once; more are closed as they come',
  }),
  MAX_BODY_MB: Type.Integer({
    minimum: 1,
    maximum: 64,
    default: 12,
    description: 'Of the body of a request, in MiB',
  }),
  IDENTITY_PRIVATE_KEY: Type.String({
    minLength: 1,
    description: 'Base64 of the PKCS#8 PEM of an Ed25519 key; the services hold its public half',
  }),
  KEY_PEPPER: Type.String({
    pattern: '^[A-Za-z0-9+/]{43,}={0,2}$',
    description: 'Base64 of at least 32 random bytes; without it a stolen table of keys is useless',
  }),
  TRUSTED_PROXIES: Type.String({
    pattern: '^([0-9A-Fa-f.:]+/[0-9]{1,3}(,|$))*$',
    default: '',
    description:
      'CIDRs of the proxies in front, separated by commas: their x-forwarded-for is believed',
  }),
  LIMITS: Type.String({
    default: '{}',
    description: 'JSON: changes to the default limits, by name; see docs/limits.md',
  }),
  LIMITS_TIMEOUT_MS: Type.Integer({
    minimum: 1,
    maximum: 5000,
    default: 25,
    description: 'How long Redis is waited for before a limit is decided without it',
  }),
  BOOTSTRAP_API_KEY: Type.Optional(
    Type.String({
      pattern: '^dure_live_[0-9A-Za-z]{10}_[0-9A-Za-z]{49}$',
      description: 'A key with all scopes that is made to work at start, with a tenant "Default"',
    }),
  ),
  OIDC_ISSUER: Type.Optional(
    Type.String({
      pattern: PROVIDER_URL,
      description: 'Whose tokens are taken beside keys: `iss` of them, to the letter',
    }),
  ),
  OIDC_AUDIENCE: Type.Optional(
    Type.String({ minLength: 1, description: 'What `aud` of such a token must name' }),
  ),
  OIDC_JWKS_URL: Type.Optional(
    Type.String({
      pattern: PROVIDER_URL,
      description: 'Where the keys of the issuer are; absent: where its discovery document says',
    }),
  ),
  AUDIT_HEADS_FILE: Type.Optional(
    Type.String({
      minLength: 1,
      description:
        'Signed ends of the audit log are added to this file, so that who owns the database cannot shorten it unseen',
    }),
  ),
})
export type Config = Static<typeof Config>
