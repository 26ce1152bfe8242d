import { connect, createServer, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { createWireReader, endsReady } from './postgres-wire.ts'
import type { Random } from './random.ts'

export type ProxyMode =
  | { readonly kind: 'pass' }
  /** Cuts what is open, and refuses what is new. */
  | { readonly kind: 'down' }
  /** Carries nothing in either direction, and closes nothing. */
  | { readonly kind: 'freeze' }
  /**
   * Half open: what the server says is lost. It stays so for the connections of this time, as with a
   * router that has forgotten them: the client has to notice by itself.
   */
  | { readonly kind: 'swallow' }
  | { readonly kind: 'delay'; readonly ms: number }
  /** Cuts a connection around its COMMIT, by this chance: before it, or between it and its answer. */
  | { readonly kind: 'cut-commits'; readonly chance: number; readonly random: Random }

/** Stands between one process and one server, so that the connection of that process alone fails. */
export interface ChaosProxy {
  readonly port: number
  set(mode: ProxyMode): void
  /** How many connections were cut around a COMMIT. */
  readonly cutCommits: number
  close(): Promise<void>
}

interface Link {
  readonly client: Socket
  readonly server: Socket
  swallowed: boolean
  /** Its COMMIT is on the way, and its answer will not be heard. */
  doomed: boolean
}

export async function startProxy(targetPort: number): Promise<ChaosProxy> {
  const links = new Set<Link>()
  const state: State = { mode: { kind: 'pass' }, cutCommits: 0 }
  const server = createServer((client) => open(client, targetPort, { links, state }))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no TCP address')

  return {
    port: address.port,
    get cutCommits() {
      return state.cutCommits
    },
    set(next) {
      const thaws = state.mode.kind === 'freeze' && next.kind !== 'freeze'
      state.mode = next
      for (const link of links) {
        if (thaws) for (const socket of [link.client, link.server]) socket.resume()
        if (next.kind === 'down') link.client.resetAndDestroy()
        if (next.kind === 'freeze') freeze(link)
        if (next.kind === 'swallow') link.swallowed = true
      }
    },
    close: () =>
      new Promise((resolve) => {
        for (const { client } of links) client.destroy()
        server.close(() => resolve())
      }),
  }
}

interface State {
  mode: ProxyMode
  cutCommits: number
}

interface Context {
  readonly links: Set<Link>
  readonly state: State
}

function open(client: Socket, targetPort: number, { links, state }: Context): void {
  if (state.mode.kind === 'down') return void client.resetAndDestroy()
  const server = connect(targetPort, '127.0.0.1')
  const link = { client, server, swallowed: state.mode.kind === 'swallow', doomed: false }
  links.add(link)
  const cut = () => {
    links.delete(link)
    client.destroy()
    server.destroy()
  }
  for (const [socket, other] of [
    [client, server],
    [server, client],
  ] as const) {
    socket.setNoDelay(true)
    socket.on('error', cut)
    // What the other has not read yet still gets there.
    socket.on('close', () => {
      links.delete(link)
      other.end()
    })
  }
  fromClient(link, state, cut)
  carry({ from: server, to: client }, state, (chunk) => {
    if (link.doomed && endsReady(chunk)) cut()
    return !link.swallowed && !link.doomed
  })
  if (state.mode.kind === 'freeze') freeze(link)
}

function fromClient(link: Link, state: State, cut: () => void): void {
  const read = createWireReader()
  carry({ from: link.client, to: link.server }, state, (chunk) => {
    const asked = read(chunk)
    const { mode } = state
    if (mode.kind !== 'cut-commits' || asked !== 'commit') return true
    if (!mode.random.chance(mode.chance)) return true
    state.cutCommits += 1
    if (mode.random.chance(0.5)) {
      cut()
      return false
    }
    link.doomed = true
    return true
  })
}

interface Way {
  readonly from: Socket
  readonly to: Socket
}

/** In order, late where the mode says so; `wanted` says of each chunk whether it gets through. */
function carry({ from, to }: Way, state: State, wanted: (chunk: Buffer) => boolean): void {
  let before = Promise.resolve()
  let pending = 0
  const write = (chunk: Buffer) => {
    if (to.destroyed || to.write(chunk)) return
    from.pause()
    to.once('drain', () => state.mode.kind !== 'freeze' && from.resume())
  }
  from.on('data', (chunk: Buffer) => {
    if (!wanted(chunk)) return
    const { mode } = state
    if (mode.kind !== 'delay' && pending === 0) return write(chunk)
    const late = sleep(mode.kind === 'delay' ? mode.ms : 0)
    pending += 1
    before = before
      .then(() => late)
      .then(() => {
        pending -= 1
        write(chunk)
      })
  })
}

function freeze({ client, server }: Link): void {
  client.pause()
  server.pause()
}
