import { readFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { Redis } from 'ioredis'
import type { Instance } from '../instance.ts'
import { anyOf, type Fault, type FaultContext } from './fault.ts'

const forgotten: Fault = {
  id: 'F7',
  title: 'FLUSHALL',
  async inject({ system }) {
    const redis = new Redis(system.valkey.url)
    await redis.flushall()
    redis.disconnect()
  },
}

const crashed: Fault = {
  id: 'F8',
  title: 'Valkey killed, its data lost',
  async inject({ system }) {
    await system.valkey.end('SIGKILL')
    system.valkey.forget()
    await system.valkey.start()
  },
}

const down: Fault = {
  id: 'F9',
  title: 'Valkey down',
  async inject(context) {
    const { system, workload, last, complain } = context
    await system.valkey.end('stop')
    const accepted = workload.start().then(() => true)
    const inTime = last(6000).then(() => false)
    if (!(await Promise.race([accepted, inTime]))) complain('no run was accepted without Valkey')
    await inTime
    await system.valkey.start()
  },
}

const halfOpen: Fault = {
  id: 'F10',
  title: 'Valkey half open',
  // A consumer is ready as long as it has asked for a message in the last 15 s.
  hiddenMs: 16_000,
  async inject(context) {
    const { system, random, last, note } = context
    const how = random.pick(['SIGSTOP', 'swallow', 'swallow', 'delay'] as const)
    note(how)
    if (how === 'SIGSTOP') {
      system.valkey.freeze()
      await last(8000)
      return system.valkey.thaw()
    }
    const { redis } = anyOf(context, 'workflow', 'agent', 'analytics')
    redis.set(how === 'swallow' ? { kind: how } : { kind: how, ms: 1000 })
    await last(8000)
    redis.set({ kind: 'pass' })
  },
}

/** Of all processes at the same time. */
async function everywhere(
  { system, last }: FaultContext,
  on: Parameters<FaultContext['system']['instances'][number]['command']>[0],
  off: typeof on,
): Promise<void> {
  const told = system.instances.filter(({ service }) => service !== 'gateway')
  for (const instance of told) instance.command(on)
  await last(6000)
  for (const instance of told) if (instance.pid !== null) instance.command(off)
}

const duplicated: Fault = {
  id: 'F20',
  title: 'every message three times',
  inject: (context) =>
    everywhere(
      context,
      { kind: 'duplicate-messages', copies: 3 },
      { kind: 'duplicate-messages', copies: 1 },
    ),
}

const reordered: Fault = {
  id: 'F21',
  title: 'messages out of order',
  inject: (context) =>
    everywhere(
      context,
      { kind: 'reorder-messages', withinMs: 1500 },
      { kind: 'reorder-messages', withinMs: 0 },
    ),
}

const MAX_GROWTH_BYTES = 200_000_000

const slow: Fault = {
  id: 'F22',
  title: 'slow world, readers that never read',
  async inject(context) {
    const { system, world, last, note, complain } = context
    world.slowDown(2000)
    const { runId } = await context.bulky()
    const servers = [...system.of('gateway'), ...system.of('workflow')]
    const before = servers.map(residentBytes)
    const sockets = Array.from({ length: 10 }, () => neverRead(system, runId))
    await last(6000)
    const grown = servers.map((server, index) => residentBytes(server) - (before[index] ?? 0))
    note(`memory grew by ${Math.round(Math.max(...grown) / 1_000_000)} MB at the most`)
    if (Math.max(...grown) > MAX_GROWTH_BYTES) complain('a reader that does not read fills memory')
    for (const socket of sockets) socket.destroy()
    world.slowDown(0)
  },
}

function neverRead({ url, apiKey }: FaultContext['system'], runId: string): Socket {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  socket.on('error', () => {})
  socket.pause()
  const head = `GET /v1/runs/${runId}/events HTTP/1.1\r\nhost: dure\r\n`
  socket.write(`${head}authorization: Bearer ${apiKey}\r\n\r\n`)
  return socket
}

/** Of a process, as Linux tells it; 0 elsewhere. */
function residentBytes({ pid }: Instance): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8')
    return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) * 1024
  } catch {
    return 0
  }
}

export const messageFaults: readonly Fault[] = [
  forgotten,
  crashed,
  down,
  halfOpen,
  duplicated,
  reordered,
  slow,
]
