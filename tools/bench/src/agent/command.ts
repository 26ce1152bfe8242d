import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { ROOT } from '@dure/dev'
import { describeMachine } from '../engine/report.ts'
import { startInfrastructure } from '../infrastructure.ts'
import { startOneService } from '../one-service.ts'
import { UsageError } from '../usage-error.ts'
import { writeJson, writeText } from '../write.ts'
import { type AgentRow, measureFirstToken, measureLoop, measureStreams } from './measure.ts'
import { startTimedModel, type TimedModel } from './model-server.ts'
import { agentPage } from './page.ts'
import { publishAgent } from './runs.ts'
import { measureSandbox } from './sandbox.ts'

const USAGE = `usage: npm run bench -- agent [options]
  --runs N       so many runs for times, 30 when absent
  --streams N    so many answers at once for memory, 500 when absent
  --chart        writes docs/benchmarks/agent.md
  --json FILE    writes the rows`
const WARM_UP_RUNS = 10
const SANDBOX_PROGRAMS = 1000

/** `npm run bench -- agent`: what an agent costs beside its model and its tools. */
export async function benchAgent(args: readonly string[]): Promise<void> {
  const { runs, streams, json, chart } = optionsOf(args)
  const infrastructure = await startInfrastructure()
  const model = await startTimedModel()
  try {
    const agent = await startOneService(infrastructure, 'agent', settingsOf(model))
    const measured = { agent, model, agentId: await publishAgent(agent) }
    await measureLoop(measured, WARM_UP_RUNS)
    const rows: AgentRow[] = [await measureLoop(measured, runs)]
    console.table(rows)
    rows.push(await measureFirstToken(measured, runs))
    rows.push(await measureStreams(measured, streams))
    console.table(rows)
    await agent.stop()
    rows.push(await measureSandbox(SANDBOX_PROGRAMS))
    console.table(rows.slice(-1))
    if (json) writeJson(resolve(json), rows)
    const command = ['npm run bench -- agent', ...args].join(' ')
    const page = agentPage(rows, { command, machine: describeMachine() })
    if (chart) writeText(join(ROOT, 'docs/benchmarks/agent.md'), page)
  } finally {
    await model.close()
    await infrastructure.close()
  }
}

function settingsOf({ baseUrl }: TimedModel) {
  const asked = { MODEL_BASE_URL: baseUrl, MODEL_DEFAULT: 'demo', MODEL_API_KEY: 'bench' }
  return { ...asked, EXECUTION_CONCURRENCY: '512' }
}

function optionsOf(args: readonly string[]) {
  const { runs, streams, json, chart } = parsed(args)
  return { runs: countIn('--runs', runs), streams: countIn('--streams', streams), json, chart }
}

function countIn(name: string, text: string): number {
  const count = Number(text)
  if (Number.isInteger(count) && count >= 1 && count <= 10_000) return count
  throw new UsageError(`${name} takes a whole number from 1 to 10000, not ${text}\n${USAGE}`)
}

function parsed(args: readonly string[]) {
  const string = { type: 'string' } as const
  try {
    return parseArgs({
      args: [...args],
      options: {
        runs: { ...string, default: '30' },
        streams: { ...string, default: '500' },
        json: string,
        chart: { type: 'boolean', default: false },
      },
    }).values
  } catch (cause) {
    throw new UsageError(`${cause instanceof Error ? cause.message : cause}\n${USAGE}`)
  }
}
