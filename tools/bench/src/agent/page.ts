import type { Machine } from '../engine/report.ts'
import type { AgentRow } from './measure.ts'

/** What is aimed at, on a quiet machine. */
const GOALS = {
  loop: '6 ms',
  'first-token': '5 ms',
  streams: '400 MB',
  sandbox: '1 ms, 250 ms',
} as const

const WHAT = {
  loop: 'a step beside its model and its tool: from the answer of the model to its next question',
  'first-token': 'the first word, from the model to a reader of the events',
  sandbox:
    'a small program in a sandbox that is warm; of all in its tests that never end, or take what they can get, how long after its deadline the last one has ended',
  streams:
    'a GET of one execution, and memory of the process, with so many answers under way and read',
} as const

/** docs/benchmarks/agent.md. */
export function agentPage(
  rows: readonly AgentRow[],
  { command, machine }: { readonly command: string; readonly machine: Machine },
): string {
  const lines = rows.map(
    ({ name, p50Ms, p99Ms, rssMb, hangOverMs, count }) =>
      `| ${WHAT[name]} | ${count} | ${shown(p50Ms, 'ms')} | ${shown(p99Ms, 'ms')} | ${shown(rssMb, 'MB')} | ${shown(hangOverMs, 'ms')} | ${GOALS[name]} |`,
  )
  return `# Agents, measured

\`${command}\`, on ${machine.cores} cores of ${machine.cpu}, ${machine.memoryGb} GB, ${machine.system}.

The agent service is one process with its own PostgreSQL, which waits for the disk at every commit, and Valkey. The model is a server that answers at once
and notes when it was asked and when it spoke: all processes read one clock.

| | of | p50 | p99 | memory | over its deadline | goal |
| --- | ---: | ---: | ---: | ---: | ---: | ---: |
${lines.join('\n')}
`
}

function shown(value: number | undefined, unit: string): string {
  return value === undefined ? '' : `${value} ${unit}`
}
