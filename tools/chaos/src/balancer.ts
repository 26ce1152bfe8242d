import { connect, createServer, type Socket } from 'node:net'

/** A process behind the balancer. */
export interface Backend {
  readonly port: number
  /** Whether new connections may go to it, apart from what it says itself. */
  isOffered(): boolean
}

/** One address for several processes, as a Service of Kubernetes is one for its pods. */
export interface Balancer {
  readonly port: number
  readonly url: string
  /** Whether new connections go to this one at the moment. */
  offers(backend: Backend): boolean
  close(): Promise<void>
}

const PROBE_EVERY_MS = 250
const PROBE_TIMEOUT_MS = 1000

/**
 * Gives each new connection to the next process that says that it is ready. What is open stays open:
 * a process that stops has to end its connections itself.
 */
export async function startBalancer(backends: readonly Backend[]): Promise<Balancer> {
  const ready = new Set<Backend>()
  const open = new Set<Socket>()
  let turn = 0
  const probes = backends.map((backend) => setInterval(() => void probe(backend), PROBE_EVERY_MS))

  async function probe(backend: Backend): Promise<void> {
    if (backend.isOffered() && (await isReady(backend.port))) ready.add(backend)
    else ready.delete(backend)
  }

  function forward(client: Socket, tried: ReadonlySet<Backend>): void {
    const choice = [...ready].filter((backend) => !tried.has(backend))
    const backend = choice[turn++ % Math.max(1, choice.length)]
    if (!backend) return void client.resetAndDestroy()
    const server = connect(backend.port, '127.0.0.1')
    const refused = () => forward(client, new Set([...tried, backend]))
    server.once('error', refused)
    server.once('connect', () => {
      server.off('error', refused)
      join(client, server)
    })
  }

  const server = createServer({ pauseOnConnect: true }, (client) => {
    open.add(client)
    client.on('error', () => client.destroy())
    client.on('close', () => open.delete(client))
    forward(client, new Set())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  await Promise.all(backends.map(probe))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no TCP address')

  return {
    port: address.port,
    url: `http://127.0.0.1:${address.port}`,
    offers: (backend) => ready.has(backend),
    close: () =>
      new Promise((resolve) => {
        for (const timer of probes) clearInterval(timer)
        for (const client of open) client.destroy()
        server.close(() => resolve())
      }),
  }
}

function join(client: Socket, server: Socket): void {
  for (const [from, to] of [
    [client, server],
    [server, client],
  ] as const) {
    from.setNoDelay(true)
    from.on('error', () => to.resetAndDestroy())
    // What the other has not read yet still gets there.
    from.on('close', () => to.end())
  }
  server.pipe(client)
  client.pipe(server)
  client.resume()
}

async function isReady(port: number): Promise<boolean> {
  try {
    const signal = AbortSignal.timeout(PROBE_TIMEOUT_MS)
    const response = await fetch(`http://127.0.0.1:${port}/readyz`, { signal })
    await response.body?.cancel()
    return response.status === 200
  } catch {
    return false
  }
}
