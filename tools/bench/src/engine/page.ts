import { CONDITIONS, markdownTable, noiseNote, type Report } from './report.ts'

/** docs/benchmarks/engine.md, of one measurement. */
export function pageOf(report: Report): string {
  const { at, command, machine, rows } = report
  const note = noiseNote(rows)
  return `# The run engine, measured

Written by \`${command}\`; do not edit it by hand.

![Runs per second](engine.svg)

${markdownTable(rows)}

- Date: ${at.slice(0, 10)}${machine.commit && `, commit ${machine.commit}`}
- Machine: ${machine.cpu}, ${machine.cores} cores, ${machine.memoryGb} GB, ${machine.system}, Node ${machine.node}
- ${CONDITIONS}
${note ? `- ${note}\n` : ''}
## What the columns say

- \`seq10\` is start, ten nodes in a row, end. \`fan20\` is start, twenty nodes side by side, a join, end.
- \`pure\` nodes are computed by the engine, and committed together. \`durable\` nodes are committed one
  by one before the next begins. \`remote\` nodes are executed by the agent service, there and back
  through a queue.
- Times are of whole requests: start the run, wait for its end, get its result. Of three rounds the one
  with the median throughput counts. \`p50 ms/step\` is the median run divided by its 10 or 20 nodes.
- \`SQL\` counts every statement that PostgreSQL was sent, BEGIN and COMMIT too. \`Redis\` counts every
  command that was executed, those inside of scripts too. \`WAL\` is what PostgreSQL wrote to its log.
- \`CPU\` is user and system time of all services, PostgreSQL and Valkey. The client is not in it.
- What the services use without any runs is measured first and subtracted from these four. What runs
  leave to be done in the background is waited for and is in them.
- \`foreign CPU\` is what other processes of the machine took meanwhile.

SQL, Redis and WAL do not depend on how busy the machine is: CI compares them with
[engine-gates.json](engine-gates.json) and fails when one is exceeded by 15 %, at the best of three measurements. CPU it compares on a
quiet machine alone, and with 50 %: it differs that much from one minute to the next.
`
}
