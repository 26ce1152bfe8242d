/** A key or a token of ours anywhere in a text, such as a URL in an error message. */
const KEYS = /dure_(live|test)_[0-9A-Za-z]+_[0-9A-Za-z_-]+/g

/** The token of a callback has no form by which it could be told: its place tells it. */
const CALLBACKS = /(\/v2\/callbacks\/)[^\s"'/?#\\]+/g

/** The text without the keys and tokens that would let whoever reads it in. */
export function withoutSecrets(text: string): string {
  const keyless = text.includes('dure_') ? text.replace(KEYS, 'dure_$1_[redacted]') : text
  return keyless.includes('/v2/callbacks/') ? keyless.replace(CALLBACKS, '$1[redacted]') : keyless
}
