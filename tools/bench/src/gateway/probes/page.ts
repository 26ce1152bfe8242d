import type { Machine } from '../../engine/report.ts'
import type { ProbeRow } from './probes.ts'

export interface ProbeReport {
  /** ISO 8601. */
  readonly at: string
  readonly command: string
  readonly machine: Machine
  readonly rows: readonly ProbeRow[]
}

/** docs/benchmarks/gateway-probes.md, of one run. */
export function probePage({ at, command, machine, rows }: ProbeReport): string {
  const lines = rows.map((row) => {
    const { probe, name, value, unit, goal, met } = row
    const bound = 'most' in goal ? `≤ ${goal.most}` : `≥ ${goal.least}`
    return `| ${probe} | ${name} | ${value.toFixed(value < 1 ? 3 : 1)} ${unit} | ${bound} | ${met ? 'yes' : '**no**'} |`
  })
  return `# The gateway in trouble, measured

Written by \`${command}\`; do not edit it by hand. What each probe does: \`tools/bench/src/gateway/probes\`.

| probe | figure | measured | goal | met |
| --- | --- | ---: | ---: | --- |
${lines.join('\n')}

- Date: ${at.slice(0, 10)}${machine.commit && `, commit ${machine.commit}`}
- Machine: ${machine.cpu}, ${machine.cores} cores, ${machine.memoryGb} GB, ${machine.system}, Node ${machine.node}
`
}
