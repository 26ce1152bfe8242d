import { createServer, type Server } from 'node:net'

const HOST = '127.0.0.1'
const ATTEMPTS = 5

const given = new Set<number>()

/**
 * A TCP port of this machine that nobody listened on a moment ago, and that this process was not
 * given before: whoever asks for several before using them must not get one twice.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const server = await listen(0)
    const address = server.address()
    await close(server)
    if (address === null || typeof address === 'string') throw new Error('no TCP address')
    if (given.has(address.port)) continue
    given.add(address.port)
    return address.port
  }
}

export async function isPortFree(port: number): Promise<boolean> {
  try {
    await close(await listen(port))
    return true
  } catch {
    return false
  }
}

/** The first free port from `port` on. */
export async function freePortFrom(port: number): Promise<number> {
  for (let candidate = port; candidate <= 65_535; candidate += 1) {
    if (await isPortFree(candidate)) return candidate
  }
  throw new Error(`every port from ${port} on is taken`)
}

/**
 * Starts something on a free port. Between the question and the start somebody else may take the
 * port: when `start` fails and the port is no longer free, another one is tried.
 */
export async function onFreePort<Result>(
  start: (port: number) => Promise<Result>,
): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort()
    try {
      return await start(port)
    } catch (error) {
      if (attempt === ATTEMPTS || (await isPortFree(port))) throw error
    }
  }
}

function listen(port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(port, HOST, () => resolve(server))
  })
}

function close(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()))
  })
}
