import pg from 'pg'

/**
 * To be loaded before a service (`node --import`): its process is killed, as by `kill -9`, each time that
 * an event of an execution is committed, before the service hears of it.
 */
const { query } = pg.Client.prototype
/** Each is one statement, and a transaction of its own. */
const RECORDS: ReadonlySet<unknown> = new Set(['dure-record-execution', 'dure-end-execution'])

pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]) {
  const result: unknown = Reflect.apply(query, this, args)
  if (!RECORDS.has(Object(args[0]).name)) return result
  return Promise.resolve(result).then(() => process.kill(process.pid, 'SIGKILL'))
} as typeof query
