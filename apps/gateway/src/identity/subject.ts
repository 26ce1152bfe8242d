import type { Identity } from '@dure/contracts'

/** Whose rights an identity stands on: when one of them changes, it is asked for again. */
export function subjectsOf({ principalId }: Identity): readonly string[] {
  return [principalId]
}
