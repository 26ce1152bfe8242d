import { writeFileSync } from 'node:fs'
import { type Options, parseOptions, USAGE } from './options.ts'
import { type Report, tableOf } from './report.ts'
import { torture } from './torture.ts'

const SHOWN_VIOLATIONS = 50

const options = optionsOf(process.argv.slice(2))
if (options) {
  const report = await torture(options, (line) => console.log(line))
  if (report) show(report, options)
  else console.error('Of the faults that were asked for, none can be done here.')
  // What still waits for a connection that will never answer must not keep this process.
  process.exit(report?.violations.length === 0 ? 0 : 1)
}

function optionsOf(args: readonly string[]): Options | null {
  try {
    return parseOptions(args)
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n${USAGE}`)
    process.exitCode = 2
    return null
  }
}

function show(report: Report, { json, seed, faults, runs, factor, only, old }: Options): void {
  const { violations } = report
  console.log(`\n${tableOf(report)}\n`)
  for (const { kind, runId, what } of violations.slice(0, SHOWN_VIOLATIONS)) {
    console.log(`${kind}: ${what}${runId ? ` (${runId})` : ''}`)
  }
  const left = violations.length - SHOWN_VIOLATIONS
  if (left > 0) console.log(`... and ${left} more`)
  const kinds = only.length > 0 ? ` --only ${only}` : ''
  const beside = old ? ` --old ${old}` : ''
  const again = `--faults ${faults} --runs ${runs} --factor ${factor}${kinds}${beside} --seed ${seed}`
  console.log(`${violations.length} violations. The same faults again: npm run chaos -- ${again}`)
  if (json) writeFileSync(json, `${JSON.stringify({ seed, faults, runs, factor, ...report })}\n`)
}
