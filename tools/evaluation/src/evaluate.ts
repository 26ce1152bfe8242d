// `npm run evaluate -- --data FOLDER`: how well the search of the knowledge service finds what people
// have judged to be the answers, with its own analyzer and index, and without its database.
import { UsageError } from '@dure/bench/usage-error'
import { jsonOf, writeJson, writeQuietly, writeText } from '@dure/bench/write'
import { readData } from './data.ts'
import { evaluate } from './evaluation.ts'
import { parseOptions } from './options.ts'
import { chartOf, markdownOf, tableOf } from './report.ts'
import { analyzerChart, analyzerReport } from './report-analyzers.ts'

const progress = (text: string) => console.error(text)

try {
  const options = parseOptions(process.argv.slice(2))
  const { sets, warnings } = await readData(options.data, options.sets)
  for (const warning of warnings) progress(`warning: ${warning}`)
  // What is measured is not lost when the process is.
  const keep = (rows: readonly object[]) => {
    if (options.json !== undefined) writeQuietly(options.json, jsonOf(rows))
  }
  const rows = await evaluate(sets, { ...options, progress, keep })
  console.log(tableOf(rows))
  const compares = options.analyzers.length > 0
  if (options.json !== undefined) writeJson(options.json, rows)
  if (options.chart !== undefined) {
    writeText(options.chart, compares ? analyzerChart(rows) : chartOf(rows))
  }
  if (options.markdown !== undefined) {
    writeText(
      options.markdown,
      compares ? analyzerReport(rows, options.chart) : markdownOf(rows, options.chart),
    )
  }
  progress(
    'Next: --json, --chart and --markdown keep the rows; differences within the intervals say nothing; see docs/how-to/evaluate-search.md',
  )
} catch (error) {
  console.error(error instanceof UsageError ? error.message : error)
  process.exitCode = error instanceof UsageError ? 2 : 1
}
