import pg from 'pg'

/**
 * To be loaded before a service (`node --import`): its process is killed, as by `kill -9`, as soon as a statement that DIE_AT (a regular
 * expression) finds has changed a row for good, before the service hears of it.
 */
const { query } = pg.Client.prototype
const dieAt = new RegExp(process.env.DIE_AT ?? '^never$')
/** Statements that are never answered: what they would begin does not run into the death. */
const holdAt = new RegExp(process.env.HOLD_AT ?? '^never$')
type Told = (error: unknown, answer: unknown) => void
const inTransaction = new WeakSet<object>()
const doomed = new WeakSet<object>()

pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]) {
  const { text = '' } = typeof args[0] === 'string' ? { text: args[0] } : Object(args[0])
  if (holdAt.test(text)) return new Promise(() => {})
  if (/^\s*BEGIN/.test(text)) inTransaction.add(this)
  const seen = (answer: unknown) => {
    if (dieAt.test(text) && Object(answer).rowCount > 0) doomed.add(this)
    if (/COMMIT\s*$/.test(text)) inTransaction.delete(this)
    if (doomed.has(this) && !inTransaction.has(this)) process.kill(process.pid, 'SIGKILL')
  }
  const telling = (tell: Told) => (error: unknown, answer: unknown) => {
    seen(answer)
    tell(error, answer)
  }
  // Whoever gives a callback, or a query that has one, gets no promise.
  const [first] = args as [{ callback?: Told }]
  const last = args.at(-1)
  if (typeof Object(first).callback === 'function' && first.callback) {
    first.callback = telling(first.callback)
  } else if (typeof last === 'function') args[args.length - 1] = telling(last as Told)
  else {
    return Promise.resolve(Reflect.apply(query, this, args)).then((answer) => {
      seen(answer)
      return answer
    })
  }
  return Reflect.apply(query, this, args)
} as typeof query
