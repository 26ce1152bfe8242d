import { Queue } from 'bullmq'
import pg from 'pg'
import type { HookCommand } from './hook-command.ts'

type Patching = Exclude<HookCommand, { readonly kind: 'block' | 'clock' }>

const state = { chance: 0, copies: 1, withinMs: 0 }
let patched = false

/** Makes the libraries of this process misbehave as the command says. */
export function patch(command: Patching): void {
  if (command.kind === 'failing-statements') state.chance = command.chance
  else if (command.kind === 'duplicate-messages') state.copies = command.copies
  else state.withinMs = command.withinMs
  if (patched) return
  patched = true
  patchStatements()
  patchQueues()
}

type Callback = (error: Error | null, result?: unknown) => void
type Query = (this: unknown, ...args: unknown[]) => unknown

/** Both ways of calling it: with a callback, as the pool does, and for a promise. */
function patchStatements(): void {
  const prototype = pg.Client.prototype as unknown as { query: Query }
  const original = prototype.query
  prototype.query = function (...args) {
    const fault = Math.random() < state.chance ? pickFault() : null
    const callback = args.at(-1)
    if (!fault) return original.apply(this, args)
    if (typeof callback !== 'function') {
      const done = fault.before ? Promise.resolve() : original.apply(this, args)
      return Promise.resolve(done).then(() => Promise.reject(fault.error))
    }
    const fail = () => (callback as Callback)(fault.error)
    if (fault.before) return void process.nextTick(fail)
    return original.apply(this, [...args.slice(0, -1), fail])
  }
}

interface Fault {
  readonly before: boolean
  readonly error: Error
}

/** The kinds of https://github.com/temporalio/temporal/tree/main/common/persistence/faultinjection */
function pickFault(): Fault {
  const chance = Math.random()
  if (chance < 0.4) return { before: true, error: serverError('40001', 'serialization failure') }
  if (chance < 0.7) return { before: true, error: serverError('40P01', 'deadlock detected') }
  return { before: false, error: new Error('Query read timeout') }
}

function serverError(code: string, message: string): Error {
  return Object.assign(new pg.DatabaseError(message, message.length, 'error'), { code })
}

function patchQueues(): void {
  const original = Queue.prototype.addBulk
  Queue.prototype.addBulk = function (jobs) {
    const copies = jobs.flatMap((job) =>
      Array.from({ length: state.copies }, (_, copy) => ({
        ...job,
        opts: {
          ...job.opts,
          ...(copy > 0 && { jobId: `${job.opts?.jobId}_${copy}` }),
          ...(state.withinMs > 0 && { delay: Math.floor(Math.random() * state.withinMs) }),
        },
      })),
    )
    return original.call(this, copies)
  }
}
