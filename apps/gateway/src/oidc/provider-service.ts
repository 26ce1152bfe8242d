import type { JSONWebKeySet } from 'jose'
import { Agent } from 'undici'
import { type Config, PROVIDER_URL } from '../config.ts'
import { readText } from '../read-text.ts'

/** The issuer of tokens, and where it publishes its keys. */
export interface ProviderSettings {
  readonly issuer: string
  readonly audience: string
  /** Absent: where its discovery document says. */
  readonly jwksUrl: string | undefined
}

export interface Provider {
  /** Asks the issuer, for 5 s at the most. Fails when it answers with something else than keys. */
  fetchKeys(): Promise<JSONWebKeySet>
  close(): Promise<void>
}

const TIMEOUT_MS = 5000
const MAX_BYTES = 256 * 1024
const URL_OF_KEYS = new RegExp(PROVIDER_URL)

/** @throws TypeError when only a part is configured */
export function providerSettings(config: Config): ProviderSettings | undefined {
  const { OIDC_ISSUER: issuer, OIDC_AUDIENCE: audience, OIDC_JWKS_URL: jwksUrl } = config
  if (issuer && audience) return { issuer, audience, jwksUrl }
  if (issuer || audience || jwksUrl) {
    throw new TypeError('OIDC_ISSUER and OIDC_AUDIENCE are set together, or neither')
  }
  return undefined
}

export function createProvider({ issuer, jwksUrl }: ProviderSettings): Provider {
  const dispatcher = new Agent({ connections: 2, connect: { timeout: TIMEOUT_MS } })

  /** Redirects are not followed: what answers elsewhere was not configured. */
  async function read(url: string, signal: AbortSignal): Promise<unknown> {
    const headers = { accept: 'application/json' }
    const answer = await readText({ dispatcher, url, headers, maxBytes: MAX_BYTES, signal })
    if (answer.status !== 200) throw new Error(`${url} answers ${answer.status}`)
    return JSON.parse(answer.text)
  }

  /** OpenID Connect Discovery 1.0, 4.3: the document must be of the issuer that was asked. */
  async function discover(signal: AbortSignal): Promise<string> {
    const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`
    const found = (await read(url, signal)) as { issuer?: unknown; jwks_uri?: unknown } | null
    if (found?.issuer !== issuer) throw new Error(`${url} is not of the issuer ${issuer}`)
    const { jwks_uri: keys } = found
    if (typeof keys === 'string' && URL_OF_KEYS.test(keys)) return keys
    throw new Error(`${url} names no place for keys that can be trusted`)
  }

  return {
    async fetchKeys() {
      const signal = AbortSignal.timeout(TIMEOUT_MS)
      // Checked by whoever makes a key set of it.
      return (await read(jwksUrl ?? (await discover(signal)), signal)) as JSONWebKeySet
    },
    close: () => dispatcher.destroy(),
  }
}
