// `npm run experiment -- --agent NAME --version N --dataset NAME`: runs versions of an agent on a dataset, through a running gateway, and
// fails when the bar is not reached. For people, and for CI.
import { UsageError } from '@dure/bench/usage-error'
import { writeJson } from '@dure/bench/write'
import { openGateway, RefusedError } from './experiments/gateway.ts'
import { parseExperimentOptions } from './experiments/options.ts'
import { experimentReport, shortfall } from './experiments/report.ts'
import { runExperiment } from './experiments/run.ts'

const progress = (text: string) => console.error(text)

try {
  const options = parseExperimentOptions(process.argv.slice(2), process.env)
  const { experiment, bar } = await runExperiment(openGateway(options), options, progress)
  console.log(experimentReport(experiment))
  if (options.json !== undefined) writeJson(options.json, experiment)
  const reason = shortfall(experiment, bar)
  progress(reason === undefined ? 'The bar is reached.' : `The bar is not reached: ${reason}`)
  if (reason !== undefined) process.exitCode = 1
} catch (error) {
  const isTold = error instanceof UsageError || error instanceof RefusedError
  console.error(isTold ? error.message : error)
  process.exitCode = error instanceof UsageError ? 2 : 1
}
