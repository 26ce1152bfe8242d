// `npm run evaluate -- --data FOLDER`: how well the search of the knowledge service finds what people
// have judged to be the answers, with its own analyzer and index, and without its database.
import { UsageError } from '@dure/bench/usage-error'
import { writeJson, writeText } from '@dure/bench/write'
import { createAnalyzer, loadDictionary } from '@dure/retrieval'
import { readDataSets } from './data.ts'
import { indexOf, type Measured, meanOf, measure, type Row } from './measure.ts'
import { type EvaluationOptions, parseOptions } from './options.ts'
import { chartOf, tableOf } from './report.ts'

try {
  const options = parseOptions(process.argv.slice(2))
  const rows = await evaluate(options)
  console.log(tableOf(rows))
  if (options.json !== undefined) writeJson(options.json, rows)
  if (options.chart !== undefined) writeText(options.chart, chartOf(rows))
} catch (error) {
  console.error(error instanceof UsageError ? error.message : error)
  process.exitCode = error instanceof UsageError ? 2 : 1
}

async function evaluate({ data, sets, perturbations }: EvaluationOptions): Promise<Row[]> {
  const dataSets = await readDataSets(data, sets)
  const analyzer = createAnalyzer(await loadDictionary())
  const measured = dataSets.map((set) => {
    const index = indexOf(analyzer, set.passages)
    return perturbations.map((perturbation) => measure(set, index, { analyzer, perturbation }))
  })
  const rows = measured.flat().map(({ row }) => row)
  if (dataSets.length === 1) return rows
  const means = perturbations.map((perturbation) => {
    const [first, ...others] = measured.flat().filter(isOf(perturbation))
    return first ? [meanOf([first, ...others])] : []
  })
  return [...rows, ...means.flat()]
}

function isOf(perturbation: Row['perturbation']) {
  return ({ row }: Measured) => row.perturbation === perturbation
}
