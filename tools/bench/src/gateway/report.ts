import type { Machine } from '../engine/report.ts'
import type { GatewayRow } from './measure.ts'

export interface GatewayReport {
  /** ISO 8601. */
  readonly at: string
  readonly command: string
  readonly machine: Machine
  /** The program that asked. */
  readonly generator: string
  readonly connections: number
  readonly rows: readonly GatewayRow[]
}

interface Column {
  readonly title: string
  readonly text: (row: GatewayRow) => string
}

const COLUMNS: readonly Column[] = [
  { title: 'name', text: ({ name }) => name },
  { title: 'requests/s', text: ({ requestsPerSecond }) => String(requestsPerSecond) },
  { title: 'p50 us', text: ({ p50Micros }) => String(p50Micros) },
  { title: 'p99 us', text: ({ p99Micros }) => String(p99Micros) },
  { title: 'CPU us/request', text: ({ cpuMicrosPerRequest }) => cpuMicrosPerRequest.toFixed(1) },
  { title: 'RSS MB', text: ({ rssMb }) => String(rssMb) },
  { title: 'does', text: ({ does }) => does },
]

/** In columns, for a terminal. */
export function gatewayTable(rows: readonly GatewayRow[]): string {
  const lines = [COLUMNS.map(({ title }) => title), ...rows.map(cellsOf)]
  const widths = COLUMNS.map((_, index) =>
    Math.max(...lines.map((line) => (line[index] ?? '').length)),
  )
  return lines
    .map((line) =>
      line
        .map((text, index) =>
          isText(index) ? text.padEnd(widths[index] ?? 0) : text.padStart(widths[index] ?? 0),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

function isText(index: number): boolean {
  return index === 0 || index === COLUMNS.length - 1
}

function cellsOf(row: GatewayRow): string[] {
  return COLUMNS.map(({ text }) => text(row))
}

/** docs/benchmarks/gateway.md, of one measurement. */
export function gatewayPage({
  at,
  command,
  machine,
  generator,
  connections,
  rows,
}: GatewayReport): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  const table = [
    line(COLUMNS.map(({ title }) => title)),
    line(COLUMNS.map((_, index) => (isText(index) ? '---' : '---:'))),
    ...rows.map((row) => line(cellsOf(row))),
  ].join('\n')
  return `# The gateway, measured

Written by \`${command}\`; do not edit it by hand.

![CPU per request](gateway.svg)

${table}

- Date: ${at.slice(0, 10)}${machine.commit && `, commit ${machine.commit}`}
- Machine: ${machine.cpu}, ${machine.cores} cores, ${machine.memoryGb} GB, ${machine.system}, Node ${machine.node}
- ${connections} clients in a closed loop (${generator}), one server behind, all on the loopback of one machine; 1,000 keys in turn.
  Rounds of all of them take turns, each after two seconds that are not measured; every figure is the median of its rounds.

## What the columns say

- \`CPU\` is user and system time of the process tree in the middle alone; neither the clients nor the server behind are in it. It is
  what to compare: requests per second depend on who else needs the cores, and are measured here with clients, gateway and
  server on the same ones.
- \`RSS\` is its memory at the end of the last round.
- \`stock plugins\` does what Dure does, with what one finds first: \`@fastify/http-proxy\`, \`@fastify/rate-limit\` on Redis, HMAC of each key,
  OpenTelemetry's automatic instrumentation.
`
}
