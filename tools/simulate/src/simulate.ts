import { writeFileSync } from 'node:fs'
import { parseOptions, type SimulateOptions, UsageError } from './options.ts'
import { runSeed } from './seed.ts'
import { createSummary, failureText, progressLine, type Summary, tableOf } from './summary.ts'

const PROGRESS_EVERY = 100
/** More of them say nothing new, and fill the screen. */
const FAILURES_SHOWN = 3

/** Runs one seed after the other, and says how it goes. */
async function simulate({ seeds, from, long }: SimulateOptions): Promise<Summary> {
  const summary = createSummary()
  const startMs = performance.now()
  let failures = 0
  for (let done = 0; done < seeds; done++) {
    const report = await runSeed(from + done, { long })
    summary.add(report)
    if (report.violations.length > 0) {
      failures += 1
      if (failures <= FAILURES_SHOWN) console.log(`${failureText(report, long)}\n`)
    }
    if ((done + 1) % PROGRESS_EVERY === 0) console.log(progressLine(done + 1, seeds, failures))
  }
  return summary.total(performance.now() - startMs)
}

try {
  const options = parseOptions(process.argv.slice(2))
  const summary = await simulate(options)
  console.log(tableOf(summary))
  if (options.json) writeFileSync(options.json, `${JSON.stringify(summary, null, 2)}\n`)
  if (summary.failures > 0) {
    const named = summary.failed.slice(0, 20).map(({ seed }) => seed)
    console.log(`failing seeds: ${named.join(', ')}${summary.failures > 20 ? ', …' : ''}`)
    process.exitCode = 1
  }
} catch (error) {
  console.error(error instanceof UsageError ? error.message : error)
  process.exitCode = 1
}
