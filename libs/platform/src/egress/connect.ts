import { connect, type Socket } from 'node:net'
import { ForbiddenError, InvalidInputError } from '@dure/kernel'
import { isPublicAddress, literalAddress } from './address.ts'
import { guardedLookup, type Resolve } from './lookup.ts'
import { forbiddenAddress } from './target.ts'

export interface Connecting {
  /** A name, or an address without brackets. */
  readonly host: string
  readonly port: number
  /** Those of the protocol that will be spoken; others only where the operator vouches for them. */
  readonly ports: readonly number[]
  readonly signal: AbortSignal
}

interface Guard {
  /** `host:port` in lower case. */
  readonly allow: ReadonlySet<string>
  readonly resolve: Resolve
}

const HOST = /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*$/

/**
 * A connection to the outside without HTTP. The address is checked in the socket's own lookup.
 *
 * @throws `signal.reason`, what the socket says, or what the guard says
 */
export function connectTo(
  { host, port, ports, signal }: Connecting,
  guard: Guard,
): Promise<Socket> {
  const name = host.toLowerCase()
  const isTrusted = guard.allow.has(`${name}:${port}`)
  const address = literalAddress(name)
  if (address === undefined && !HOST.test(name)) throw notAHost()
  if (!isTrusted) {
    if (!ports.includes(port)) throw forbiddenPort(port, ports)
    if (address !== undefined && !isPublicAddress(address)) throw forbiddenAddress(name)
  }
  signal.throwIfAborted()
  return new Promise((resolve, reject) => {
    const lookup = isTrusted ? {} : { lookup: guardedLookup(guard.resolve) }
    const socket = connect({ host: name, port, ...lookup })
    const stop = () => socket.destroy(signal.reason)
    signal.addEventListener('abort', stop, { once: true })
    socket.once('error', reject)
    socket.once('close', () => signal.removeEventListener('abort', stop))
    socket.once('connect', () => {
      socket.removeListener('error', reject)
      // Until its owner listens: an error that nobody hears ends the process.
      socket.on('error', () => {})
      resolve(socket)
    })
  })
}

function notAHost(): InvalidInputError {
  return new InvalidInputError('egress.invalid-url', 'This is not the name of a host')
}

function forbiddenPort(port: number, ports: readonly number[]): ForbiddenError {
  const allowed = ports.join(', ')
  return new ForbiddenError(
    'egress.forbidden-port',
    `Port ${port} is not allowed: use ${allowed}, or ask the operator to allow it`,
    { port: String(port) },
  )
}
