import type { Deprecation } from './table.ts'

/** The headers that tell a client what is on its way out; none when nothing is. */
export type DeprecationHeaders = Readonly<Record<string, string>>

interface Compiled {
  readonly pattern: RegExp
  readonly methods: ReadonlySet<string> | undefined
  readonly fixed: DeprecationHeaders
  readonly successor: string | undefined
}

/** Where people read what to do about it. */
const GUIDE = '</docs>; rel="deprecation"; type="text/html"'

/** What anything of ours may be called, also as a parameter of a description. All else was encoded in the path, and would break out of a header. */
const PLAIN = /^[\w.~{}-]+$/

const compiled = new WeakMap<Deprecation, Compiled>()

/**
 * `Deprecation` (RFC 9745), `Sunset` (RFC 8594) and the links to what to do and to what comes
 * after, for a request to something that is deprecated.
 *
 * @param path without query, in its canonical spelling
 */
export function deprecationHeaders(
  deprecations: readonly Deprecation[] | undefined,
  method: string,
  path: string,
): DeprecationHeaders | undefined {
  if (deprecations === undefined) return undefined
  for (const deprecation of deprecations) {
    const { methods, pattern, fixed, successor } = compile(deprecation)
    if (methods && !methods.has(method)) continue
    const match = pattern.exec(path)
    if (!match) continue
    const names = Object.values(match.groups ?? {})
    if (successor === undefined || !names.every((name) => PLAIN.test(name))) {
      return { ...fixed, link: GUIDE }
    }
    const next = successor.replace(/\{(\w+)\}/g, (_all, name) => match.groups?.[name] ?? '')
    return { ...fixed, link: `${GUIDE}, <${next}>; rel="successor-version"` }
  }
  return undefined
}

function compile(deprecation: Deprecation): Compiled {
  const known = compiled.get(deprecation)
  if (known) return known
  const { methods, pattern, since, sunset, successor } = deprecation
  const sinceMs = Date.parse(since)
  const made: Compiled = {
    pattern: new RegExp(`^${pattern.replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`),
    // HEAD is GET without the body.
    methods: methods && new Set(methods.includes('GET') ? [...methods, 'HEAD'] : methods),
    fixed: {
      deprecation: `@${sinceMs / 1000}`,
      ...(sunset && { sunset: new Date(sunset).toUTCString() }),
    },
    successor,
  }
  compiled.set(deprecation, made)
  return made
}
