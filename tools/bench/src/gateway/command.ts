import { join, resolve } from 'node:path'
import { ROOT } from '@dure/dev'
import { describeMachine } from '../engine/report.ts'
import { startInfrastructure } from '../infrastructure.ts'
import { UsageError } from '../usage-error.ts'
import { writeJson, writeText } from '../write.ts'
import { gatewayChart } from './chart.ts'
import type { Contender } from './contender.ts'
import { dure } from './dure.ts'
import { bareHttpProxy, httpProxy, stock } from './libraries.ts'
import { loadGenerator } from './load.ts'
import { measureContenders } from './measure.ts'
import { parseGatewayOptions } from './options.ts'
import { probePage } from './probes/page.ts'
import { chosenProbes, probeTable, runProbes } from './probes/probes.ts'
import { type GatewayReport, gatewayPage, gatewayTable } from './report.ts'
import { haproxy, nginx } from './servers.ts'
import { startSurroundings } from './surroundings.ts'

/** To add one: a `Contender`, and its name here. */
const CONTENDERS: readonly Contender[] = [dure, bareHttpProxy, stock, httpProxy, nginx, haproxy]
const DOCS = join(ROOT, 'docs/benchmarks')

/** `npm run bench -- gateway`: what a request through the gateway costs, beside others. */
export async function benchGateway(args: readonly string[]): Promise<void> {
  const options = parseGatewayOptions(args)
  const contenders = chosen(options.only)
  const probes = chosenProbes(options.probes)
  const about = {
    at: new Date().toISOString(),
    command: ['npm run bench -- gateway', ...args].join(' '),
    machine: describeMachine(),
  }
  const infrastructure = await startInfrastructure()
  try {
    const surroundings = await startSurroundings(infrastructure)
    const generator = await loadGenerator(infrastructure.directory)
    if (probes.length > 0) {
      const rows = await runProbes(probes, { surroundings, generator, options })
      await surroundings.stop()
      console.log(`\n${probeTable(rows)}`)
      if (options.json) writeJson(resolve(options.json), rows)
      if (options.chart) writeText(join(DOCS, 'gateway-probes.md'), probePage({ ...about, rows }))
      if (rows.some(({ met }) => !met)) process.exitCode = 1
      return
    }
    const report: GatewayReport = {
      ...about,
      generator: generator.name,
      connections: options.connections,
      rows: await measureContenders(contenders, surroundings, { generator, options }),
    }
    await surroundings.stop()
    console.log(`\n${gatewayTable(report.rows)}`)
    if (options.json) writeJson(resolve(options.json), report.rows)
    if (options.chart) {
      writeText(join(DOCS, 'gateway.svg'), gatewayChart(report.rows))
      writeText(join(DOCS, 'gateway.md'), gatewayPage(report))
    }
  } finally {
    await infrastructure.close()
  }
}

function chosen(only: readonly string[] | null): readonly Contender[] {
  if (only === null) return CONTENDERS
  return only.map((name) => {
    const contender = CONTENDERS.find((one) => one.name === name)
    if (contender) return contender
    const names = CONTENDERS.map((one) => one.name).join(', ')
    throw new UsageError(`--only names some of ${names}; ${name} is none of them`)
  })
}
