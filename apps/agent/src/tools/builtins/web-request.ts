import type { HttpAuth } from '@dure/contracts'
import { Type } from 'typebox'
import { credentialsOf, disguisesOf } from '../../http-requests/credentials.ts'
import type { RawResponse } from '../../http-requests/response.ts'
import { originsOf } from '../../secrets/secret.ts'
import type { ToolWork } from '../definition.ts'
import type { BuiltinParts } from './builtin.ts'

/** Of a grant: where the tool may go. Without it, it goes where the model says, as long as nothing untrusted was read. */
export const Hosts = Type.Optional(
  Type.Array(Type.String({ minLength: 1, maxLength: 300 }), {
    minItems: 1,
    maxItems: 50,
    description: 'That it may reach, also by a redirect: `api.example.com`, as secrets name them',
    examples: [['api.example.com']],
  }),
)

export interface WebRequest {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  readonly hosts?: readonly string[] | undefined
  readonly auth?: HttpAuth | undefined
  readonly maxBytes: number
}

export interface WebAnswer extends RawResponse {
  readonly url: string
  /** What no result may show. */
  readonly secrets: readonly string[]
}

/**
 * One request of a tool: through the guard, to the hosts of its grant alone, with a secret that only
 * its own hosts get, and with the key of the call.
 *
 * @throws DureError as the guard and the vault do
 */
export async function askTheWeb(
  { egress, vault }: Pick<BuiltinParts, 'egress' | 'vault'>,
  work: ToolWork,
  { hosts, auth, headers = {}, ...request }: WebRequest,
): Promise<WebAnswer> {
  const { url } = egress.check(request.url)
  const value = auth && (await vault.reveal(work.tenant, auth.secret, url))
  const isSecret = auth !== undefined && value !== undefined
  const answer = await egress.request({
    ...request,
    url: url.href,
    headers: { 'user-agent': 'Dure', ...lowered(headers), 'idempotency-key': work.idempotencyKey },
    credentials: isSecret ? credentialsOf(auth, value) : {},
    ...(hosts && { origins: originsOf(hosts) }),
    ...{ timeoutMs: work.timeoutMs, signal: work.signal, onSent: work.onSent },
  })
  work.onAnswered()
  return { ...answer, secrets: isSecret ? disguisesOf(auth, value) : [] }
}

function lowered(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
  )
}
