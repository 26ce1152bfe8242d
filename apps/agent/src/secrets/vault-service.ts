import type { Tenant } from '@dure/contracts'
import { ForbiddenError, InvalidInputError, NotFoundError } from '@dure/kernel'
import { asTenant, type Envelope } from '@dure/platform'
import { placeOf } from './place.ts'
import type { SecretStore, StoredSecret } from './store.ts'

/** The one way to the value of a secret: for whoever is about to send it to where it may go. */
export interface Vault {
  /**
   * @param tenant whose run it is
   * @param url where the value is to be sent
   * @throws NotFoundError `secret.not-found`
   * @throws ForbiddenError `secret.host-not-allowed`
   * @throws UnavailableError `secret.unreadable`
   */
  reveal(tenant: Tenant, name: string, url: URL): Promise<string>
  /**
   * Of a secret that is a URL itself, as those of incoming webhooks are.
   *
   * @throws InvalidInputError `secret.not-a-url`
   * @throws NotFoundError, ForbiddenError, UnavailableError as above
   */
  revealUrl(tenant: Tenant, name: string): Promise<URL>
}

export interface VaultDependencies {
  readonly store: Pick<SecretStore, 'findByName'>
  readonly envelope: Pick<Envelope, 'open'>
}

export function createVault({ store, envelope }: VaultDependencies): Vault {
  async function find(tenant: Tenant, name: string): Promise<StoredSecret> {
    const secret = await asTenant(tenant, () => store.findByName(tenant, name))
    if (secret) return secret
    const detail = `The project has no secret ${name}: create it, or correct the name`
    throw new NotFoundError('secret.not-found', detail)
  }

  return {
    async reveal(tenant, name, url) {
      const secret = await find(tenant, name)
      requireHost(secret, url)
      return envelope.open(secret.sealed, placeOf(secret))
    },

    async revealUrl(tenant, name) {
      const secret = await find(tenant, name)
      const url = URL.parse(envelope.open(secret.sealed, placeOf(secret)))
      if (!url) {
        const detail = `The value of the secret ${name} is no URL: give it the whole one`
        throw new InvalidInputError('secret.not-a-url', detail)
      }
      requireHost(secret, url)
      return url
    },
  }
}

function requireHost({ name, hosts }: StoredSecret, url: URL): void {
  if (hosts.includes(url.origin)) return
  const detail = `The secret ${name} may not be sent to ${url.origin}: name that host when you set its value, or send it to one that is named`
  throw new ForbiddenError('secret.host-not-allowed', detail, { host: url.host })
}
