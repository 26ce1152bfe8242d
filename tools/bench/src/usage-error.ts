/** A mistake of the one who called: shown without a stack, with what to do about it. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}
