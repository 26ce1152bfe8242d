import { readdirSync, readFileSync } from 'node:fs'
import { percentile } from '../statistics.ts'

/** The kernel counts in ticks of this many microseconds (USER_HZ is 100 on every Linux). */
const TICK_MICROS = 10_000

export interface CpuReading {
  /** Of the processes measured, with all that they have started. */
  readonly measuredMicros: number
  /** Of the whole machine, this process included. */
  readonly machineMicros: number
  /** Of this process: the client. */
  readonly clientMicros: number
}

interface Process {
  readonly pid: number
  readonly parent: number
  readonly micros: number
}

/**
 * CPU of process trees, from /proc. The time of a child that has ended and was waited for is in its
 * parent, so nothing is lost when a connection closes.
 *
 * @returns null where there is no /proc
 */
export function readCpu(roots: readonly number[]): CpuReading | null {
  if (process.platform !== 'linux') return null
  const measuredMicros = treeOf(roots).reduce((sum, { micros }) => sum + micros, 0)
  const { user, system } = process.cpuUsage()
  return { measuredMicros, machineMicros: readMachine(), clientMicros: user + system }
}

function readProcess(pid: number): Process | null {
  if (!Number.isInteger(pid)) return null
  try {
    // The name in parentheses may hold anything; what follows begins with field 3, the state.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? []
    // utime, stime, cutime, cstime: fields 14 to 17.
    const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0)
    return { pid, parent: Number(fields[1]), micros: ticks * TICK_MICROS }
  } catch {
    // It has ended since the folder was read.
    return null
  }
}

/** Megabytes of memory that process trees hold, pages that they share counted for each; NaN where there is no /proc. */
export function readRssMb(roots: readonly number[]): number {
  if (process.platform !== 'linux') return Number.NaN
  const kilobytes = treeOf(roots).map(({ pid }) => {
    const status = readOr(`/proc/${pid}/status`)
    return Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0)
  })
  return kilobytes.reduce((sum, one) => sum + one, 0) / 1024
}

function treeOf(roots: readonly number[]): Process[] {
  const processes = readdirSync('/proc').flatMap((name) => readProcess(Number(name)) ?? [])
  const children = Map.groupBy(processes, ({ parent }) => parent)
  const found = processes.filter(({ pid }) => roots.includes(pid))
  // It grows while it is walked.
  for (const one of found) found.push(...(children.get(one.pid) ?? []))
  return found
}

/** Empty when the process has ended meanwhile. */
function readOr(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

/** user, nice, system, irq, softirq, steal: all that is neither idle nor waiting for a disk. */
function readMachine(): number {
  const [line = ''] = readFileSync('/proc/stat', 'utf8').split('\n')
  const [, ...fields] = line.trim().split(/\s+/)
  const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0, steal = 0] = fields.map(Number)
  return (user + nice + system + irq + softirq + steal) * TICK_MICROS
}

/**
 * CPU microseconds of a fixed piece of work: how fast a core of this machine is. Figures of two
 * machines are compared by it, roughly.
 */
export function referenceWorkMicros(): number {
  const micros = Array.from({ length: 9 }, () => {
    const before = process.cpuUsage()
    work()
    const { user, system } = process.cpuUsage(before)
    return user + system
  })
  return percentile(micros, 0.5)
}

function work(): void {
  let value: unknown = { steps: Array.from({ length: 200 }, (_, n) => ({ id: `s${n}`, n })) }
  for (let round = 0; round < 500; round += 1) value = JSON.parse(JSON.stringify(value))
}
