// Prints a `.env` for docker-compose.yml with new secrets. Needs Node 24, or Docker alone:
//   docker run --rm -v "$PWD:/dure:ro" -w /dure node:24.21.0-bookworm-slim node docker/create-env.ts > .env
import { randomBytes } from 'node:crypto'
import { generateSecrets } from '../tools/dev/src/secrets.ts'

const secrets = generateSecrets()
const databasePasswords = Object.entries(secrets.databasePasswords).map(
  ([service, password]) => `${service.toUpperCase()}_DATABASE_PASSWORD=${password}`,
)

process.stdout.write(`# The secrets of this installation: keep this file out of version control.
BOOTSTRAP_API_KEY=${secrets.apiKey}
IDENTITY_PRIVATE_KEY=${secrets.identityPrivateKey}
IDENTITY_PUBLIC_KEY=${secrets.identityPublicKey}
KEY_PEPPER=${secrets.keyPepper}
WORKFLOW_SECRETS_KEYS=${secrets.secretsKeys.workflow}
AGENT_SECRETS_KEYS=${secrets.secretsKeys.agent}
POSTGRES_PASSWORD=${randomBytes(24).toString('hex')}
${databasePasswords.join('\n')}

# An OpenAI-compatible API, up to \`/v1\`. Without one, \`llm\` nodes fail with model.not-configured.
MODEL_BASE_URL=
MODEL_API_KEY=
MODEL_DEFAULT=

# An OpenAI-compatible API with embeddings, up to \`/v1\`. Without one, knowledge bases are searched by words alone.
EMBEDDING_BASE_URL=
EMBEDDING_API_KEY=
EMBEDDING_MODEL=
`)
