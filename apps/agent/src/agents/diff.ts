export interface ValueDiff {
  readonly added: readonly { readonly path: string; readonly value: unknown }[]
  readonly removed: readonly { readonly path: string; readonly value: unknown }[]
  readonly changed: readonly {
    readonly path: string
    readonly before: unknown
    readonly after: unknown
  }[]
}

type Change =
  | { readonly kind: 'added' | 'removed'; readonly path: string; readonly value: unknown }
  | {
      readonly kind: 'changed'
      readonly path: string
      readonly before: unknown
      readonly after: unknown
    }

/** What became of a JSON value, at its leaves, with RFC 6901 pointers. The order of keys is no difference. */
export function diffValues(before: unknown, after: unknown): ValueDiff {
  const changes = changesOf(before, after, '')
  const of = (kind: 'added' | 'removed') =>
    changes.flatMap((one) => (one.kind === kind ? [{ path: one.path, value: one.value }] : []))
  return {
    added: of('added'),
    removed: of('removed'),
    changed: changes.flatMap((one) =>
      one.kind === 'changed' ? [{ path: one.path, before: one.before, after: one.after }] : [],
    ),
  }
}

function changesOf(before: unknown, after: unknown, path: string): Change[] {
  if (!isBranch(before) || !isBranch(after) || Array.isArray(before) !== Array.isArray(after)) {
    return isSame(before, after) ? [] : [{ kind: 'changed', path, before, after }]
  }
  const [old, now] = [new Map(Object.entries(before)), new Map(Object.entries(after))]
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((key): Change[] => {
    const place = `${path}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`
    if (!old.has(key)) return [{ kind: 'added', path: place, value: now.get(key) }]
    if (!now.has(key)) return [{ kind: 'removed', path: place, value: old.get(key) }]
    return changesOf(old.get(key), now.get(key), place)
  })
}

function isBranch(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

function isSame(before: unknown, after: unknown): boolean {
  return !isBranch(before) && !isBranch(after) && before === after
}
