import pg from 'pg'

/**
 * To be loaded before a service (`node --import`): its process is killed, as by `kill -9`, in the middle of a call of
 * a tool. `DIE_AFTER` says when: after its `claim` is committed, after its `effect`, or after its `finish` is committed.
 */
const { query } = pg.Client.prototype
const CLAIM = /^\s*INSERT INTO tool_call\b/
const FINISH = /^\s*UPDATE tool_call SET status = 'finished'/
const { DIE_AFTER: point } = process.env

function die(): never {
  process.kill(process.pid, 'SIGKILL')
  throw new Error('It is dead')
}

pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]) {
  const text = String(Object(args[0]).text ?? args[0])
  if (point === 'effect' && FINISH.test(text)) die()
  const isLast =
    (point === 'claim' && CLAIM.test(text)) || (point === 'finish' && FINISH.test(text))
  if (!isLast) return Reflect.apply(query, this, args)
  // A pool passes a callback.
  const withDeath = args.map((one) => (typeof one === 'function' ? die : one))
  const result: unknown = Reflect.apply(query, this, withDeath)
  return args.some((one) => typeof one === 'function') ? result : Promise.resolve(result).then(die)
} as typeof query
