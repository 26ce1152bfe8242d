// Preloaded into a worker by `node --import`: the process is killed, as by `kill -9`, when it sends a statement, or
// when that was answered. Stages of ingestion end with statements, so these are their boundaries.
import pg from 'pg'
import { KILL_VARIABLE, type Kill } from './kill.ts'

interface Asked {
  readonly text?: unknown
  readonly values?: readonly unknown[]
  callback?: (error: Error | null, result?: unknown) => void
}

const kill = JSON.parse(process.env[KILL_VARIABLE] ?? 'null') as Kill | null
if (kill) arm(kill)

function arm({ documentId, statement, following = '', when, nth = 1 }: Kill): void {
  const original = pg.Client.prototype.query as (this: pg.Client, ...args: unknown[]) => unknown
  const before = new WeakMap<pg.Client, string>()
  let isBegun = documentId === ''
  let count = 0

  // A worker with one document at a time: from the claim of this one on, all is about it.
  function isTheOne(on: pg.Client, { text, values }: Asked): boolean {
    if (typeof text !== 'string') return false
    const last = before.get(on) ?? ''
    before.set(on, text)
    isBegun ||= text.includes(`SET status = 'ingesting'`) && values?.[0] === documentId
    const matches = text.includes(statement) && last.includes(following)
    return isBegun && matches && ++count === nth
  }

  pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]) {
    const asked = (typeof args[0] === 'string' ? { text: args[0] } : args[0]) as Asked
    if (!isTheOne(this, asked)) return original.apply(this, args)
    if (when === 'before') process.kill(process.pid, 'SIGKILL')
    const { callback } = asked
    asked.callback = (error, result) => {
      if (!error) process.kill(process.pid, 'SIGKILL')
      callback?.(error, result)
    }
    return original.apply(this, args)
  } as typeof pg.Client.prototype.query
}
