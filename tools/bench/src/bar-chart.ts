export interface Bar {
  readonly label: string
  readonly value: number
  /** Where the value lies with the confidence that the note names; drawn as a line over the bar. */
  readonly range?: readonly [low: number, high: number]
  readonly look: 'own' | 'peer' | 'reference'
}

export interface Group {
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
    .range { stroke: #1f2328; stroke-width: 1.5 }
    @media (prefers-color-scheme: dark) {
      text { fill: #e6edf3 } .note { fill: #9198a1 }
      .own { fill: #4493f8 } .peer { fill: #656c76 } .reference { stroke: #656c76 }
      .range { stroke: #e6edf3 }
    }`

export interface BarChart {
  /** For those who do not see it. */
  readonly title: string
  readonly groups: readonly Group[]
  /** Below all. */
  readonly note: string
}

/** Groups of bars on one scale; an SVG that fits the light and the dark. Groups without bars are left out. */
export function barChart({ title, groups, note }: BarChart): string {
  const shown = groups.filter(({ bars }) => bars.length > 0)
  const most = Math.max(1, ...shown.flatMap(({ bars }) => bars.map(({ value }) => value)))
  let y = 8
  const parts: string[] = []
  for (const group of shown) {
    parts.push(...drawGroup(group, y, most))
    y += TITLE + group.bars.length * STEP + 8
  }
  const last = `<text class="note" x="8" y="${y + 12}">${escapeXml(note)}</text>`
  return svg(title, y + 24, [...parts, last])
}

function drawGroup({ title, bars }: Group, top: number, most: number): string[] {
  const scale = (WIDTH - LEFT - RIGHT) / most
  return [
    `<text class="title" x="8" y="${top + 18}">${escapeXml(title)}</text>`,
    ...bars.map(({ label, value, range, look }, index) => {
      const y = top + TITLE - 8 + index * STEP
      const width = Math.max(1, Math.round(value * scale))
      return [
        `<text x="${LEFT - 8}" y="${y + 14}" text-anchor="end">${escapeXml(label)}</text>`,
        `<rect class="${look}" x="${LEFT}" y="${y}" width="${width}" height="${BAR}" rx="3"/>`,
        range ? drawRange(range, scale, y) : '',
        `<text x="${LEFT + Math.max(width, Math.round((range?.[1] ?? 0) * scale)) + 8}" y="${y + 14}">${Math.round(value)}</text>`,
      ].join('')
    }),
  ]
}

function drawRange([low, high]: readonly [number, number], scale: number, y: number): string {
  const [from, to] = [low, high].map((value) => LEFT + Math.round(value * scale))
  const middle = y + BAR / 2
  return `<path class="range" d="M${from} ${middle}H${to}M${from} ${middle - 4}v8M${to} ${middle - 4}v8"/>`
}

function svg(title: string, height: number, parts: readonly string[]): string {
  const size = `width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}"`
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size} role="img">
  <title>${escapeXml(title)}</title>
  <style>${STYLE}
  </style>
  ${parts.join('\n  ')}
</svg>
`
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}
