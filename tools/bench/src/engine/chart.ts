import { type Bar, barChart, type Group } from '../bar-chart.ts'
import { REFERENCES } from './reference.ts'
import type { Row } from './row.ts'
import { KINDS, SCENARIOS, type Scenario } from './shapes.ts'

/** Runs per second as bars, most clients that all rows have in common; an SVG. */
export function chartOf(
  rows: readonly Row[],
  { withReference }: { readonly withReference: boolean },
): string {
  const clients = chartedClients(rows)
  const groups = SCENARIOS.map((scenario) => groupOf(rows, { scenario, clients, withReference }))
  return barChart({
    title: 'Runs per second of the engine',
    groups,
    note: withReference
      ? 'Dashed: measured elsewhere, same shape, 16 clients.'
      : 'All measured one after the other, on one machine, by one client.',
  })
}

/** 16 when it was measured: that is what the references are of. */
function chartedClients(rows: readonly Row[]): number {
  const all = rows.map(({ concurrency }) => concurrency)
  return all.includes(16) ? 16 : Math.max(...all)
}

interface Charted {
  readonly scenario: Scenario
  readonly clients: number
  readonly withReference: boolean
}

function groupOf(rows: readonly Row[], { scenario, clients, withReference }: Charted): Group {
  const measured = rows
    .filter((row) => row.scenario === scenario && row.concurrency === clients)
    .map(({ kind, runsPerSecond }): Bar => {
      const own = (KINDS as readonly string[]).includes(kind)
      const label = own ? `Dure, ${kind} nodes` : kind
      return { label, value: runsPerSecond, look: own ? 'own' : 'peer' }
    })
  const references = REFERENCES.map(({ name, runsPerSecond }): Bar => {
    return { label: name, value: runsPerSecond[scenario], look: 'reference' }
  })
  const shape = scenario === 'seq10' ? 'ten nodes in a row' : 'twenty nodes side by side'
  return {
    title: `${scenario}: ${shape}, ${clients} clients, runs per second`,
    bars: measured.length === 0 ? [] : [...measured, ...(withReference ? references : [])],
  }
}
