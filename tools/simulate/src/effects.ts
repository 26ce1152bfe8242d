/** One thing that was done to the world outside. */
export interface Effect {
  readonly attempt: number
  readonly at: number
  readonly isWrite: boolean
}

/** The world outside: it remembers what was done to it, under the Idempotency-Key that came along. */
export interface Effects {
  record(key: string, effect: Effect): void
  of(key: string): readonly Effect[]
  readonly all: ReadonlyMap<string, readonly Effect[]>
}

export function createEffects(): Effects {
  const all = new Map<string, Effect[]>()
  return {
    all,
    of: (key) => all.get(key) ?? [],
    record(key, effect) {
      const known = all.get(key)
      if (known) known.push(effect)
      else all.set(key, [effect])
    },
  }
}
