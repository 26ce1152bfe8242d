import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { ROOT } from '@dure/dev'
import { type Infrastructure, startInfrastructure } from '../infrastructure.ts'
import { referenceWorkMicros } from '../meters/cpu.ts'
import { measurePeers } from '../peers/peers.ts'
import { writeJson, writeText } from '../write.ts'
import { measureEngine, openBench } from './bench.ts'
import { chartOf } from './chart.ts'
import { bestOf, type Gates, gateProblems, gatesFrom } from './gate.ts'
import { measureHeap } from './heap.ts'
import { type EngineOptions, parseEngineOptions } from './options.ts'
import { pageOf } from './page.ts'
import {
  CONDITIONS,
  describeMachine,
  memoryLines,
  noiseNote,
  type Report,
  storedLines,
  textTable,
} from './report.ts'
import type { Row } from './row.ts'
import { measureStored } from './stored.ts'

/** Before a gate counts as exceeded: a measurement may come at a bad time. */
const GATE_MEASUREMENTS = 3
const DOCS = join(ROOT, 'docs/benchmarks')

/** `npm run bench -- engine`: what a run costs, through the real services. */
export async function benchEngine(args: readonly string[]): Promise<void> {
  const options = parseEngineOptions(args)
  const command = ['npm run bench -- engine', ...args].join(' ')
  const infrastructure = await startInfrastructure()
  try {
    const report = await measure(infrastructure, options, command)
    conclude(report, options)
    if (options.gate === null) return
    let { rows } = report
    for (let n = 1; !isWithinGates(rows, options.gate); n += 1) {
      if (n === GATE_MEASUREMENTS) {
        process.exitCode = 1
        return
      }
      console.error('Measured once more ...')
      rows = bestOf(rows, (await measure(infrastructure, options, command)).rows)
    }
  } finally {
    await infrastructure.close()
  }
}

async function measure(
  infrastructure: Infrastructure,
  options: EngineOptions,
  command: string,
): Promise<Report> {
  const about = { at: new Date().toISOString(), command, machine: describeMachine() }
  const bench = await openBench(infrastructure, Math.max(...options.concurrencies))
  try {
    if (options.heap) return { ...about, rows: [], memory: await measureHeap(bench) }
    if (options.stored !== null) {
      return { ...about, rows: [], stored: await measureStored(bench, options.stored) }
    }
    const rows = await measureEngine(bench, options)
    await bench.engine.close()
    if (options.peers) rows.push(...(await measurePeers(infrastructure, options)))
    return { ...about, rows }
  } finally {
    await bench.close()
  }
}

function conclude(report: Report, options: EngineOptions): void {
  const { rows, memory, stored } = report
  if (rows.length > 0) console.log(`\n${textTable(rows)}\n\n${CONDITIONS}`)
  if (memory) console.log(memoryLines(memory))
  if (stored) console.log(storedLines(stored))
  const note = noiseNote(rows)
  if (note) console.log(note)
  if (options.json) writeJson(resolve(options.json), report)
  if (options.chart) {
    writeText(join(DOCS, 'engine.svg'), chartOf(report.rows, { withReference: !options.peers }))
    writeText(join(DOCS, 'engine.md'), pageOf(report))
  }
  if (options.writeGate) {
    writeJson(resolve(options.writeGate), gatesFrom(rows, referenceWorkMicros()))
  }
}

function isWithinGates(rows: readonly Row[], gate: string): boolean {
  const gates = JSON.parse(readFileSync(resolve(gate), 'utf8')) as Gates
  const problems = gateProblems(rows, gates, referenceWorkMicros())
  for (const problem of problems) console.error(`gate exceeded: ${problem}`)
  if (problems.length === 0) console.log('All gates passed.')
  return problems.length === 0
}
