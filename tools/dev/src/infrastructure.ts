import type { DataDirectory } from './data-directory.ts'
import type { Guard } from './guard.ts'
import type { Screen } from './log-prefix.ts'
import { startPostgres } from './postgres.ts'
import type { StopList } from './stop-list.ts'
import { supervise } from './supervisor.ts'
import { startValkey } from './valkey.ts'

/** What every part of a running `npm start` works with. */
export interface Session {
  readonly data: DataDirectory
  readonly env: NodeJS.ProcessEnv
  readonly guard: Guard
  readonly screen: Screen
  readonly say: (line: string) => void
  readonly stops: StopList
}

/** The server that DATABASE_URL names, or else the embedded one. @returns its URL */
export async function providePostgres(session: Session): Promise<string> {
  const { data, env, guard, screen, say, stops } = session
  if (env.DATABASE_URL) {
    say('PostgreSQL: the one of DATABASE_URL')
    return env.DATABASE_URL
  }
  const show = screen.source('postgres')
  let port: number | undefined
  const { first, stop } = await supervise({
    name: 'PostgreSQL',
    say,
    start: async () => {
      const started = await startPostgres({
        directory: data.postgres,
        port,
        guard,
        onRepair: say,
        // Its other lines answer mistakes of a client, who tells them itself.
        onLine: (line) => line.includes(' PANIC: ') && show(line),
      })
      port = started.port
      return started
    },
  })
  stops.add('database', stop)
  say(`PostgreSQL runs on port ${first.port}`)
  return first.url
}

/** The server that REDIS_URL names, or else the embedded one. @returns its URL */
export async function provideRedis(session: Session): Promise<string> {
  const { data, env, guard, screen, say, stops } = session
  if (env.REDIS_URL) {
    say('Redis: the one of REDIS_URL')
    return env.REDIS_URL
  }
  const show = screen.source('valkey')
  let port: number | undefined
  const { first, stop } = await supervise({
    name: 'Valkey',
    say,
    start: async () => {
      const started = await startValkey({
        directory: data.valkey,
        port,
        guard,
        onRepair: say,
        // What Valkey itself writes begins with its process number; a crash does not.
        onLine: (line) => !/^\d+:\w /.test(line) && show(line),
      })
      port = started.port
      return started
    },
  })
  stops.add('queue', stop)
  say(`Valkey runs on port ${first.port}`)
  return first.url
}
