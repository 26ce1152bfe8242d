import { setTimeout as sleep } from 'node:timers/promises'
import { UsageError } from '@dure/bench/usage-error'
import { type Gateway, RefusedError } from './gateway.ts'
import type { ExperimentOptions } from './options.ts'
import type { Bar, Experiment } from './report.ts'

interface Named {
  readonly id: string
  readonly name: string
}
interface Agent extends Named {
  readonly publishedVersion: number | null
}
interface Gate {
  readonly datasetId: string
  readonly evaluatorIds: readonly string[]
  readonly minScore: number
  readonly noWorseThanPublished: boolean
}

const POLL_MS = 1000
/** As many as an experiment takes. */
const MAX_EVALUATORS = 10

/** Runs an experiment to its end. @returns it, and the bar that it has to reach */
export async function runExperiment(
  gateway: Gateway,
  options: ExperimentOptions,
  progress: (text: string) => void,
): Promise<{ readonly experiment: Experiment; readonly bar: Bar }> {
  const agent = await named<Agent>(gateway, '/v1/agents', options.agent)
  const gate = await gateOf(gateway, agent)
  const datasetId = await datasetOf(gateway, options.dataset, gate)
  const evaluatorIds = await evaluatorsOf(gateway, options.evaluators, gate)
  const version = await versionOf(gateway, agent, options.version)
  const against = againstOf(options, { agent, gate, version })
  const started = await gateway.ask<Experiment>('POST', '/v2/experiments', {
    ...{ agentId: agent.id, datasetId, evaluatorIds },
    versions: against === undefined ? [version] : [against, version],
    name: `${agent.name} version ${version}`.slice(0, 200),
    repetitions: options.repetitions,
    concurrency: options.concurrency,
    ...(options.budgetMicroUsd !== undefined && { budgetMicroUsd: options.budgetMicroUsd }),
  })
  const experiment = await untilOver(gateway, started, progress)
  const minScore = options.minScore ?? gate?.minScore
  return { experiment, bar: { version, minScore, noWorse: gate?.noWorseThanPublished ?? false } }
}

async function named<Item extends Named>(gateway: Gateway, path: string, name: string) {
  const found = await gateway.find<Item>(path, (one) => one.id === name || one.name === name)
  if (!found) throw new UsageError(`${path} has no ${name}`)
  return found
}

async function gateOf(gateway: Gateway, agent: Agent): Promise<Gate | undefined> {
  try {
    return await gateway.ask<Gate>('GET', `/v1/agents/${agent.id}/gate`)
  } catch (error) {
    if (error instanceof RefusedError && error.code === 'agent-gate.not-found') return undefined
    throw error
  }
}

async function datasetOf(gateway: Gateway, name: string | undefined, gate: Gate | undefined) {
  if (name !== undefined) return (await named<Named>(gateway, '/v2/datasets', name)).id
  if (!gate) throw new UsageError('--dataset is missing, and the agent has no gate that names one')
  return gate.datasetId
}

async function evaluatorsOf(
  gateway: Gateway,
  names: readonly string[],
  gate: Gate | undefined,
): Promise<readonly string[]> {
  if (names.length > 0) {
    const found = await Promise.all(
      names.map((name) => named<Named>(gateway, '/v2/evaluators', name)),
    )
    return found.map(({ id }) => id)
  }
  if (gate) return gate.evaluatorIds
  const all = await gateway.list<Named>('/v2/evaluators', MAX_EVALUATORS + 1)
  if (all.length === 0) throw new UsageError('The project has no evaluators: make one first')
  if (all.length > MAX_EVALUATORS) {
    throw new UsageError(`The project has more than ${MAX_EVALUATORS} evaluators: name some`)
  }
  return all.map(({ id }) => id)
}

async function versionOf(gateway: Gateway, { id }: Agent, version: number | 'draft') {
  if (version !== 'draft') return version
  const frozen = await gateway.ask<{ number: number }>('POST', `/v1/agents/${id}/versions`)
  return frozen.number
}

function againstOf(
  { against }: ExperimentOptions,
  of: { readonly agent: Agent; readonly gate: Gate | undefined; readonly version: number },
): number | undefined {
  const { publishedVersion } = of.agent
  const wanted = against ?? (of.gate?.noWorseThanPublished ? 'published' : undefined)
  const version = wanted === 'published' ? (publishedVersion ?? undefined) : wanted
  return version === of.version ? undefined : version
}

async function untilOver(
  gateway: Gateway,
  started: Experiment,
  progress: (text: string) => void,
): Promise<Experiment> {
  let experiment = started
  let shown = -1
  progress(`experiment ${started.id}`)
  while (experiment.status === 'running') {
    await sleep(POLL_MS)
    experiment = await gateway.ask<Experiment>('GET', `/v2/experiments/${started.id}`)
    const { done, total } = experiment.progress
    if (done !== shown) progress(`${done} of ${total} runs are scored`)
    shown = done
  }
  return experiment
}
