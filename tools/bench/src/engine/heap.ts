import { readFileSync, writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import type { HttpClient } from '../http-client.ts'
import { round } from '../statistics.ts'
import type { Bench } from './bench.ts'
import { END, type Graph, inARow, type Node, START } from './shapes.ts'
import { publish, runnerOf } from './workflows.ts'

const WIDTH = 1000
/** Each iteration of a body is at least one event, so these make 10,000. */
const LOOPS = 10
const SAMPLE_MS = 50
const MB = 2 ** 20

export interface Memory {
  readonly what: string
  readonly tookMs: number
  /** Resident memory of the workflow service at its highest; null without /proc. */
  readonly peakRssMb: number | null
  /** V8 heap in use, the highest of the samples. */
  readonly peakHeapMb: number
  /** The same before the run began. */
  readonly heapBeforeMb: number
}

/** The memory of the service during a map over 1,000 items, and during ten of them in a row. */
export async function measureHeap(bench: Bench): Promise<readonly Memory[]> {
  const wide = await measureRun(bench, { what: 'map of 1,000', graph: wholeOf(mapNode()) })
  const long = await measureRun(bench, { what: '10,000 events', graph: wholeOf(loopNode()) })
  return [wide, long]
}

interface Measured {
  readonly what: string
  readonly graph: Graph
}

async function measureRun({ client, engine }: Bench, { what, graph }: Measured): Promise<Memory> {
  const pid = engine.pidOf('workflow')
  const items = Array.from({ length: WIDTH }, (_, n) => n)
  const run = runnerOf(client, await publish(client, what, graph), { n: 1, items })
  forgetPeak(pid)
  const heapBefore = await heapOf(client)
  const startedAt = performance.now()
  const state = { peak: heapBefore, ended: false }
  const ended = run().finally(() => {
    state.ended = true
  })
  while (!state.ended) {
    state.peak = Math.max(state.peak, await heapOf(client))
    await Promise.race([ended, sleep(SAMPLE_MS)])
  }
  await ended
  return {
    what,
    tookMs: round(performance.now() - startedAt),
    peakRssMb: peakOf(pid),
    peakHeapMb: round(state.peak / MB, 1),
    heapBeforeMb: round(heapBefore / MB, 1),
  }
}

function wholeOf(node: Node): Graph {
  return inARow([START, node, END])
}

function mapNode(): Node {
  const step = { id: 'step', type: 'template', config: { text: 'x' } }
  const config = { items: 'input.items' }
  return { id: 'each', type: 'map', config, body: { nodes: [step], edges: [] } }
}

function loopNode(): Node {
  const config = { maxIterations: LOOPS }
  return { id: 'again', type: 'loop', config, body: { nodes: [mapNode()], edges: [] } }
}

async function heapOf(client: HttpClient): Promise<number> {
  const { text } = await client.get('/metrics')
  return Number(/^nodejs_heap_size_used_bytes\S* (\S+)$/m.exec(text)?.[1])
}

/** From here on, the kernel takes note of the highest resident memory anew. */
function forgetPeak(pid: number): void {
  if (process.platform === 'linux') writeFileSync(`/proc/${pid}/clear_refs`, '5')
}

function peakOf(pid: number): number | null {
  if (process.platform !== 'linux') return null
  const kilobytes = /^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  return round(Number(kilobytes) / 1024)
}
