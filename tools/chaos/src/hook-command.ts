/**
 * What the harness tells the hook inside a service: it writes one of these into the file that
 * `DURE_CHAOS_COMMANDS` names, then sends SIGUSR2.
 */
export type HookCommand =
  /** The event loop does nothing else for this long. */
  | { readonly kind: 'block'; readonly ms: number }
  /** `Date` is wrong by this much from now on. */
  | { readonly kind: 'clock'; readonly offsetMs: number }
  /**
   * This part of all statements fails: before it is executed (40001 or 40P01), or after it was
   * executed (a lost answer). 0 ends it.
   */
  | { readonly kind: 'failing-statements'; readonly chance: number }
  /** Every message to a queue is sent this many times. 1 ends it. */
  | { readonly kind: 'duplicate-messages'; readonly copies: number }
  /** Messages to a queue wait for up to this long, each for another time. 0 ends it. */
  | { readonly kind: 'reorder-messages'; readonly withinMs: number }

/** A request of a service to an address with this in its path kills the service. */
export const POISON = 'poison'
