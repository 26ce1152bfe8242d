import type { Identity } from '@dure/contracts'

/** Whose rights an identity stands on: when one of them changes, it is asked for again. */
export function subjectsOf({ principalId, keyId }: Identity): readonly string[] {
  return keyId === undefined ? [principalId] : [principalId, keyId]
}

/** The key that was used; for a person, who has none, the person. */
export function keyIdOf({ principalId, keyId }: Identity): string {
  return keyId ?? principalId
}
