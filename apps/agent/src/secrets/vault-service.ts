import type { Tenant } from '@dure/contracts'
import { ForbiddenError, NotFoundError } from '@dure/kernel'
import { asTenant, type Envelope } from '@dure/platform'
import { placeOf } from './place.ts'
import type { SecretStore } from './store.ts'

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
}

export interface VaultDependencies {
  readonly store: Pick<SecretStore, 'findByName'>
  readonly envelope: Pick<Envelope, 'open'>
}

export function createVault({ store, envelope }: VaultDependencies): Vault {
  return {
    async reveal(tenant, name, url) {
      const secret = await asTenant(tenant, () => store.findByName(tenant, name))
      if (!secret) {
        const detail = `The project has no secret ${name}: create it, or correct the name`
        throw new NotFoundError('secret.not-found', detail)
      }
      if (!secret.hosts.includes(url.origin)) {
        const detail = `The secret ${name} may not be sent to ${url.origin}: name that host when you set its value, or send it to one that is named`
        throw new ForbiddenError('secret.host-not-allowed', detail, { host: url.host })
      }
      return envelope.open(secret.sealed, placeOf(secret))
    },
  }
}
