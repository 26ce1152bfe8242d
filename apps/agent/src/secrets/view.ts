import { SecretId, SecretName } from '@dure/contracts'
import { type Static, Type } from 'typebox'
import { MAX_VALUE_BYTES, MIN_VALUE_CHARACTERS, type SecretInfo } from './secret.ts'

const FIELDS = {
  value: Type.String({
    minLength: MIN_VALUE_CHARACTERS,
    maxLength: MAX_VALUE_BYTES,
    description: `At most ${MAX_VALUE_BYTES} bytes of UTF-8. It is never shown again`,
    examples: ['s3cr3t-of-the-shop'],
  }),
  description: Type.Optional(
    Type.String({ maxLength: 1000, pattern: '^[^\\u0000]*$', examples: ['Key of the shop'] }),
  ),
}

const Hosts = Type.Array(Type.String({ minLength: 1, maxLength: 300 }), {
  minItems: 1,
  maxItems: 20,
  description:
    'Where it may be sent: `api.example.com` (https, port 443), `api.example.com:8443`, or with a scheme, `http://intranet.example:8080`',
  examples: [['api.example.com']],
})

export const CreateSecret = Type.Object(
  { name: SecretName, hosts: Hosts, ...FIELDS },
  { additionalProperties: false, $id: 'CreateSecret' },
)

export const ReplaceSecret = Type.Object(
  { ...FIELDS, hosts: Type.Optional(Hosts) },
  { additionalProperties: false, $id: 'ReplaceSecret' },
)

export const SecretView = Type.Object(
  {
    id: SecretId,
    name: SecretName,
    description: Type.String(),
    hosts: Type.Array(Type.String(), { examples: [['https://api.example.com']] }),
    version: Type.Integer({ minimum: 1, description: 'Rises with each new value' }),
    createdBy: Type.String(),
    createdAt: Type.String({ format: 'date-time' }),
    updatedAt: Type.String({ format: 'date-time' }),
  },
  { $id: 'Secret' },
)

export function viewSecret(secret: SecretInfo): Static<typeof SecretView> {
  const { id, name, description, hosts, version, createdBy, createdAt, updatedAt } = secret
  return {
    ...{ id, name, description, hosts: [...hosts], version, createdBy },
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  }
}
