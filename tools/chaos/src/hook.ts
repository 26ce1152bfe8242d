// Preloaded into a service by `node --import`: faults that can only come from inside a process.
// Nothing of it is part of the product, and without a command it changes nothing.
import { subscribe } from 'node:diagnostics_channel'
import { readFileSync } from 'node:fs'
import { isMainThread } from 'node:worker_threads'
import { type HookCommand, POISON } from './hook-command.ts'

const commandFile = process.env.DURE_CHAOS_COMMANDS

if (isMainThread && commandFile) {
  const clock = wrapClock()
  process.on('SIGUSR2', () => {
    const command = JSON.parse(readFileSync(commandFile, 'utf8')) as HookCommand
    if (command.kind === 'block') block(command.ms)
    else if (command.kind === 'clock') clock.offsetMs = command.offsetMs
    else {
      // Loaded when it is needed: a service starts no slower for being tested.
      import('./hook-patches.ts').then(
        ({ patch }) => patch(command),
        (error) => console.error('chaos hook:', error),
      )
    }
  })
  subscribe('undici:request:create', (message) => {
    const { request } = message as { readonly request: { readonly path: string } }
    if (request.path.includes(POISON)) process.kill(process.pid, 'SIGKILL')
  })
}

function block(ms: number): void {
  const until = performance.now() + ms
  while (performance.now() < until);
}

/** As with libfaketime: every look at the clock of this process is wrong by the same. */
function wrapClock(): { offsetMs: number } {
  const clock = { offsetMs: 0 }
  const RealDate = Date
  const now = () => RealDate.now() + clock.offsetMs
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, args, newTarget) =>
      Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget),
    apply: () => new RealDate(now()).toString(),
    get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
  })
  return clock
}
