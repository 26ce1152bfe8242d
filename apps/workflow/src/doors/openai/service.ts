import type { Identity, RunEvent, RunId, Tenant } from '@dure/contracts'
import type { OpenAiError } from '@dure/platform'
import type { RunWithEvents } from '../../runs/read-store.ts'
import { isOver } from '../../runs/run-row.ts'
import type { RunService } from '../../runs/service.ts'
import { type StartedRun, type StartService, starterOf } from '../../runs/start-service.ts'
import type { VersionSource } from '../../workflows/version-source.ts'
import { agentInputOf } from '../agents/agent-input.ts'
import type { AgentDoor } from '../agents/service.ts'
import type { CatalogueStore } from '../catalogue-store.ts'
import type { DoorRuns } from '../run-service.ts'
import { addTokens, NO_TOKENS, PARAGRAPH, textOfOutput } from './answer.ts'
import { AnswerReplacedError, createLiveAnswer } from './live-answer.ts'
import { parseModel, type WantedModel } from './model.ts'
import {
  callableAgent,
  callableWorkflow,
  createOffering,
  type Offering,
} from './offering-service.ts'
import { type Outcome, REPLACED, STOPPING } from './outcome.ts'
import { type Conversation, runInputOf } from './run-input.ts'

export interface Ask {
  readonly identity: Identity
  readonly model: string
  readonly conversation: Conversation
  readonly idempotencyKey?: string | undefined
  /** Kept with the run. */
  readonly labels?: Readonly<Record<string, string>>
}

/** What a stream of an answer is made of: pieces of its text, then how it ended. */
export type AnswerNews =
  | { readonly piece: string }
  | { readonly outcome: Outcome }
  | { readonly failure: OpenAiError }

/** Workflows and agents as models: what is asked of one is a run. */
export interface OpenAiService extends Offering {
  /**
   * Starts a run of the workflow that the model is, or one that asks the agent that it is.
   *
   * @throws NotFoundError `model.not-found` @throws UnavailableError `model.not-looked-up`
   * @throws InvalidInputError `chat.no-question`, `chat.unsupported-content`, and what the start of a run throws
   */
  ask(ask: Ask): Promise<StartedRun>
  /** Waits until the run has ended, or the signal aborts: then the run is as it is, without a text. */
  outcome(started: StartedRun, signal: AbortSignal): Promise<Outcome>
  /** What has become of a run so far. @throws NotFoundError `run.not-found` */
  now(tenant: Tenant, runId: RunId): Promise<Outcome>
  /** The answer while it comes. @param isBehind whether the reader has enough to read */
  follow(
    started: StartedRun,
    options: { readonly signal: AbortSignal; readonly isBehind: () => boolean },
  ): AsyncIterable<AnswerNews>
}

export interface OpenAiServiceDependencies {
  readonly catalogue: CatalogueStore
  readonly agents: AgentDoor
  readonly starts: Pick<StartService, 'start'>
  readonly runs: Pick<RunService, 'get' | 'detail' | 'follow' | 'contentOf'>
  readonly versions: Pick<VersionSource, 'resolve' | 'byId'>
  readonly doorRuns: DoorRuns
}

export function createOpenAiService(dependencies: OpenAiServiceDependencies): OpenAiService {
  const { runs, doorRuns } = dependencies
  return {
    ...createOffering(dependencies),
    ask: (ask) => start(dependencies, ask),

    outcome: async (started, signal) =>
      outcomeOf(dependencies, await doorRuns.whenEnded(started, signal)),

    now: async (tenant, runId) => outcomeOf(dependencies, await runs.detail(tenant, runId)),
    follow: (started, options) => follow(dependencies, started, options),
  }
}

async function start(
  dependencies: OpenAiServiceDependencies,
  { identity, model, conversation, idempotencyKey, labels }: Ask,
): Promise<StartedRun> {
  const starter = starterOf(identity)
  const wanted = parseModel(model)
  const order = await (wanted.kind === 'agent' ? ofAgent : ofWorkflow)(dependencies, {
    ...{ tenant: starter.tenant, model, wanted, conversation },
  })
  return dependencies.starts.start({ ...starter, ...order, idempotencyKey, labels })
}

interface Asked {
  readonly tenant: Tenant
  readonly model: string
  readonly wanted: WantedModel
  readonly conversation: Conversation
}

async function ofWorkflow(
  { catalogue, versions }: OpenAiServiceDependencies,
  { tenant, model, wanted, conversation }: Asked,
) {
  const { id: workflowId } = await callableWorkflow(catalogue, tenant, { model, wanted })
  const { alias } = wanted
  // Of several versions that an alias leads to, the stable one says what is asked for.
  const { graph } = await versions.resolve(tenant, workflowId, { alias }, 0)
  return { workflowId, alias, input: runInputOf(conversation, graph) }
}

async function ofAgent(
  { agents }: OpenAiServiceDependencies,
  { tenant, model, wanted, conversation }: Asked,
) {
  const input = agentInputOf(conversation)
  const agent = await callableAgent(agents, tenant, { model, wanted })
  const builtIn = await agents.versionFor(tenant, agent, wanted.alias)
  return { workflowId: builtIn.workflowId, builtIn, input }
}

async function outcomeOf(
  { runs, doorRuns }: OpenAiServiceDependencies,
  ended: RunWithEvents,
): Promise<Outcome> {
  const { run, events } = ended
  const tokens = events.reduce(addTokens, NO_TOKENS)
  if (run.status !== 'completed') return { run, tokens }
  const spoken = await doorRuns.answersIn(ended)
  if (spoken.length > 0) return { run, tokens, text: spoken.join(PARAGRAPH) }
  return { run, tokens, text: textOfOutput(await runs.contentOf(run.tenant, run.output)) }
}

async function* follow(
  { runs, versions }: OpenAiServiceDependencies,
  { run: { id: runId, tenant, versionId } }: StartedRun,
  options: { readonly signal: AbortSignal; readonly isBehind: () => boolean },
): AsyncGenerator<AnswerNews> {
  const { graph } = await versions.byId(versionId)
  const answer = createLiveAnswer(graph)
  let tokens = NO_TOKENS
  let text = ''
  async function heard(event: RunEvent): Promise<string> {
    tokens = addTokens(tokens, event)
    if (event.type !== 'node.completed' || !SPEAK.has(event.nodeType)) return ''
    return answer.completed(event, await runs.contentOf(tenant, event.data))
  }
  function* said(piece: string) {
    text += piece
    if (piece !== '') yield { piece }
  }
  for await (const news of runs.follow({ runId, afterVersion: 0, ...options })) {
    yield* said('version' in news ? await heard(news.event) : answer.delta(news))
  }
  const run = await runs.get(tenant, runId)
  if (!isOver(run)) return yield { failure: STOPPING }
  if (run.status !== 'completed') return yield { outcome: { run, tokens } }
  try {
    yield* said(answer.ended(await runs.contentOf(tenant, run.output)))
    yield { outcome: { run, tokens, text } }
  } catch (error) {
    if (!(error instanceof AnswerReplacedError)) throw error
    yield { failure: REPLACED }
  }
}

/** Whose text may be part of an answer. */
const SPEAK: ReadonlySet<string> = new Set(['answer', 'llm', 'agent'])
