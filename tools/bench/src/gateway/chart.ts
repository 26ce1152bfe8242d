import { barChart } from '../bar-chart.ts'
import type { GatewayRow } from './measure.ts'

/** CPU per request as bars, the cheapest first; an SVG. */
export function gatewayChart(rows: readonly GatewayRow[]): string {
  const sorted = rows.toSorted((a, b) => a.cpuMicrosPerRequest - b.cpuMicrosPerRequest)
  return barChart({
    title: 'CPU of the gateway',
    groups: [
      {
        title: 'Microseconds of CPU per request, less is better',
        bars: sorted.map(({ name, cpuMicrosPerRequest }) => ({
          label: name,
          value: cpuMicrosPerRequest,
          look: name === 'dure' ? 'own' : 'peer',
        })),
      },
    ],
    note: 'All measured in turn, on one machine, by one client.',
  })
}
