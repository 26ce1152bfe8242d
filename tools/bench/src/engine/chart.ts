import { REFERENCES } from './reference.ts'
import type { Row } from './row.ts'
import { KINDS, SCENARIOS, type Scenario } from './shapes.ts'

interface Bar {
  readonly label: string
  readonly value: number
  readonly look: 'own' | 'peer' | 'reference'
}

interface Group {
  readonly title: string
  readonly bars: readonly Bar[]
}

const WIDTH = 760
const LEFT = 190
const RIGHT = 90
const BAR = 18
const STEP = 26
const TITLE = 40

/** Its own colours in the light and in the dark; text that is there for those who see neither. */
const STYLE = `
    text { font: 13px system-ui, sans-serif; fill: #1f2328 }
    .title { font-weight: 600 }
    .note { font-size: 11px; fill: #59636e }
    .own { fill: #0969da } .peer { fill: #8c959f } .reference { fill: none; stroke: #8c959f; stroke-dasharray: 4 3 }
    @media (prefers-color-scheme: dark) {
      text { fill: #e6edf3 } .note { fill: #9198a1 }
      .own { fill: #4493f8 } .peer { fill: #656c76 } .reference { stroke: #656c76 }
    }`

/** Runs per second as bars, most clients that all rows have in common; an SVG. */
export function chartOf(
  rows: readonly Row[],
  { withReference }: { readonly withReference: boolean },
): string {
  const clients = chartedClients(rows)
  const groups = SCENARIOS.map((scenario) => groupOf(rows, { scenario, clients, withReference }))
  const shown = groups.filter(({ bars }) => bars.length > 0)
  const most = Math.max(1, ...shown.flatMap(({ bars }) => bars.map(({ value }) => value)))
  let y = 8
  const parts: string[] = []
  for (const group of shown) {
    parts.push(...drawGroup(group, y, most))
    y += TITLE + group.bars.length * STEP + 8
  }
  const note = withReference
    ? 'Dashed: measured elsewhere, same shape, 16 clients.'
    : 'All measured one after the other, on one machine, by one client.'
  return svg(y + 24, [...parts, `<text class="note" x="8" y="${y + 12}">${escapeXml(note)}</text>`])
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

function drawGroup({ title, bars }: Group, top: number, most: number): string[] {
  const scale = (WIDTH - LEFT - RIGHT) / most
  return [
    `<text class="title" x="8" y="${top + 18}">${escapeXml(title)}</text>`,
    ...bars.map(({ label, value, look }, index) => {
      const y = top + TITLE - 8 + index * STEP
      const width = Math.max(1, Math.round(value * scale))
      return [
        `<text x="${LEFT - 8}" y="${y + 14}" text-anchor="end">${escapeXml(label)}</text>`,
        `<rect class="${look}" x="${LEFT}" y="${y}" width="${width}" height="${BAR}" rx="3"/>`,
        `<text x="${LEFT + width + 8}" y="${y + 14}">${Math.round(value)}</text>`,
      ].join('')
    }),
  ]
}

function svg(height: number, parts: readonly string[]): string {
  const size = `width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}"`
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size} role="img">
  <title>Runs per second of the engine</title>
  <style>${STYLE}
  </style>
  ${parts.join('\n  ')}
</svg>
`
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}
