import { parse } from 'yaml'

export interface ComposeService {
  readonly image?: string
  readonly build?: { readonly context: string; readonly dockerfile: string }
  readonly command?: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
  readonly ports?: readonly string[]
  readonly expose?: readonly string[]
  readonly healthcheck?: { readonly test: readonly string[] }
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>
}

export type Compose = Readonly<Record<string, ComposeService>>

/** The services of a Compose file, with its anchors merged in. */
export function parseCompose(text: string): Compose {
  return (parse(text, { merge: true }) as { services: Compose }).services
}

const VARIABLE = /\$\{([A-Z_]+)(?::([-?])([^}]*))?\}/g

/** What Compose makes of `${NAME}`, `${NAME:-default}` and `${NAME:?message}`. Throws as it does. */
export function substitute(text: string, env: Readonly<Record<string, string>>): string {
  return text.replaceAll(VARIABLE, (_all, name: string, kind: string | undefined, rest: string) => {
    const value = env[name]
    if (value) return value
    if (kind === '-') return rest
    if (kind === '?') throw new Error(`${name}: ${rest}`)
    if (value === undefined) throw new Error(`${name} is used and not set`)
    return value
  })
}

/** `NAME=value` lines, without comments. */
export function parseEnv(text: string): Readonly<Record<string, string>> {
  const lines = text.split('\n').filter((line) => /^[A-Z_]+=/.test(line))
  return Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  )
}
