import { SecretName } from '@dure/contracts'
import { InvalidInputError } from '@dure/kernel'
import { type Static, Type } from 'typebox'
import { defineBuiltin } from './builtin.ts'
import { recipientsOf, requireAddress } from './email.ts'
import { deliver } from './email-delivery.ts'

const Address = Type.String({ minLength: 3, maxLength: 254, examples: ['ada@example.com'] })

const Config = Type.Object(
  {
    host: Type.String({
      ...{ minLength: 1, maxLength: 253, examples: ['smtp.example.com'] },
      description: 'The mail server that takes it',
    }),
    port: Type.Optional(Type.Integer({ minimum: 1, maximum: 65_535, description: 'Absent: 465' })),
    encryption: Type.Optional(
      Type.Enum(['tls', 'starttls', 'none'], {
        description:
          'Absent: `tls` from the first byte on port 465, else `starttls`. `none` sends no password',
      }),
    ),
    auth: Type.Optional(
      Type.Object(
        {
          secret: Type.Unsafe<string>({
            ...SecretName,
            description:
              'The name of a secret that has the password, and the server as a host, such as `smtp.example.com:465`',
          }),
          username: Type.String({ minLength: 1, maxLength: 320, pattern: '^[^\\p{Cc}]+$' }),
        },
        { additionalProperties: false },
      ),
    ),
    from: Address,
    recipients: Type.Optional(
      Type.Array(Type.String({ minLength: 2, maxLength: 254 }), {
        ...{ minItems: 1, maxItems: 200, examples: [['ops@example.com', '@team.example.com']] },
        description: 'Whom it may write to: addresses, or `@` and a domain; absent: anybody',
      }),
    ),
  },
  { additionalProperties: false },
)

export const sendEmail = defineBuiltin({
  name: 'send_email',
  description:
    'Sends an e-mail of plain text. It cannot be taken back. Attachments cannot be sent.',
  input: Type.Object(
    {
      to: Type.Array(Address, { minItems: 1, maxItems: 20 }),
      cc: Type.Optional(Type.Array(Address, { maxItems: 20 })),
      subject: Type.String({ minLength: 1, maxLength: 300 }),
      text: Type.String({ minLength: 1, maxLength: 50_000 }),
    },
    { additionalProperties: false },
  ),
  config: Config,
  traits: ({ recipients }) => ({
    ...{ effect: 'write', idempotent: false, trust: 'trusted' },
    reach: recipients ? 'fixed' : 'open',
    // Unless the author of the agent says otherwise, a person reads it first.
    defaultApproval: 'always',
  }),

  async execute({ input, config, work, parts }) {
    const { from, recipients } = config
    const to = recipientsOf(input, recipients)
    requireAddress(from)
    const server = serverOf(config)
    const auth = await authOf(config, server, () => {
      const url = new URL(`https://${server.host}:${server.port}`)
      return parts.vault.reveal(work.tenant, config.auth?.secret ?? '', url)
    })
    const mail = {
      from,
      to: input.to,
      cc: input.cc ?? [],
      subject: input.subject,
      text: input.text,
    }
    const rejected = await deliver(parts, work, { server, auth, mail })
    const brought = { sent: true, recipients: to.length - rejected.length }
    return rejected.length > 0 ? { ...brought, rejected } : brought
  },
})

function serverOf({ host, port = 465, encryption }: Static<typeof Config>) {
  return { host, port, encryption: encryption ?? (port === 465 ? 'tls' : 'starttls') }
}

async function authOf(
  { auth }: Static<typeof Config>,
  { encryption }: ReturnType<typeof serverOf>,
  reveal: () => Promise<string>,
) {
  if (!auth) return undefined
  if (encryption === 'none') {
    const detail = 'A password is sent to a mail server over TLS alone: set `encryption`'
    throw new InvalidInputError('email.password-in-clear', detail)
  }
  return { user: auth.username, pass: await reveal() }
}
