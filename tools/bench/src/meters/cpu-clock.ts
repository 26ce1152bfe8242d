import { WASI } from 'node:wasi'

/** A global of Node that its types leave to those of the DOM. */
const { Memory } = (globalThis as unknown as Globals).WebAssembly

interface Globals {
  readonly WebAssembly: {
    readonly Memory: new (size: { readonly initial: number }) => { readonly buffer: ArrayBuffer }
  }
}

/** CLOCK_THREAD_CPUTIME_ID */
const OF_THREAD = 3

/**
 * A clock of the processor time of this thread, in microseconds. `process.threadCpuUsage()` moves in steps of some milliseconds on many
 * kernels; Node has the fine clock of the system for WebAssembly alone.
 *
 * @throws Error where there is none
 */
export function threadCpuClock(): () => number {
  const wasi = new WASI({ version: 'preview1' })
  const memory = new Memory({ initial: 1 })
  wasi.finalizeBindings({ exports: { memory } }, { memory })
  const time = new DataView(memory.buffer)
  const read = wasi.wasiImport.clock_time_get as (
    clock: number,
    precision: bigint,
    to: number,
  ) => number
  return () => {
    const error = read(OF_THREAD, 0n, 0)
    if (error !== 0) throw new Error(`The clock of the thread cannot be read: ${error}`)
    return Number(time.getBigUint64(0, true)) / 1000
  }
}
