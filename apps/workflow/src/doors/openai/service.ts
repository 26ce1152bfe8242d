import type { Identity, RunEvent, RunId, Tenant } from '@dure/contracts'
import type { OpenAiError, PageKey } from '@dure/platform'
import type { RunWithEvents } from '../../runs/read-store.ts'
import { isOver } from '../../runs/run-row.ts'
import type { RunService } from '../../runs/service.ts'
import { type StartedRun, type StartService, starterOf } from '../../runs/start-service.ts'
import type { VersionSource } from '../../workflows/version-source.ts'
import type { CatalogueEntry, CatalogueStore } from '../catalogue-store.ts'
import type { DoorRuns } from '../run-service.ts'
import { addTokens, NO_TOKENS, PARAGRAPH, textOfOutput } from './answer.ts'
import { AnswerReplacedError, createLiveAnswer } from './live-answer.ts'
import { type Model, modelsOf, offers, parseModel, unknownModel } from './model.ts'
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

/** Workflows as models: what is asked of one is a run. */
export interface OpenAiService {
  /** Newest first; those of one workflow stand together, and `limit` counts workflows. */
  models(
    tenant: Tenant,
    page: { readonly limit: number; readonly after: string | undefined },
  ): Promise<{ readonly models: readonly Model[]; readonly hasMore: boolean }>
  /** @throws NotFoundError `model.not-found` */
  model(tenant: Tenant, id: string): Promise<Model>
  /**
   * Starts a run of the workflow that the model is.
   *
   * @throws NotFoundError `model.not-found`
   * @throws InvalidInputError `chat.no-question`, and what the start of a run throws
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
  readonly starts: Pick<StartService, 'start'>
  readonly runs: Pick<RunService, 'get' | 'detail' | 'follow' | 'contentOf'>
  readonly versions: Pick<VersionSource, 'resolve' | 'byId'>
  readonly doorRuns: DoorRuns
}

export function createOpenAiService(dependencies: OpenAiServiceDependencies): OpenAiService {
  const { runs, doorRuns } = dependencies
  return {
    ...offering(dependencies.catalogue),
    ask: (ask) => start(dependencies, ask),

    outcome: async (started, signal) =>
      outcomeOf(dependencies, await doorRuns.whenEnded(started, signal)),

    now: async (tenant, runId) => outcomeOf(dependencies, await runs.detail(tenant, runId)),
    follow: (started, options) => follow(dependencies, started, options),
  }
}

type Offering = Pick<OpenAiService, 'models' | 'model'>

function offering(catalogue: CatalogueStore): Offering {
  async function keyOf(tenant: Tenant, model: string | undefined): Promise<PageKey | undefined> {
    return model === undefined ? undefined : (await callable(catalogue, tenant, model)).entry
  }

  return {
    async models(tenant, { limit, after }) {
      const key = await keyOf(tenant, after)
      const found = await catalogue.page(tenant, { limit: limit + 1, after: key })
      return { models: found.slice(0, limit).flatMap(modelsOf), hasMore: found.length > limit }
    },

    async model(tenant, id) {
      const { entry } = await callable(catalogue, tenant, id)
      return { id, createdAt: entry.createdAt }
    },
  }
}

async function callable(catalogue: CatalogueStore, tenant: Tenant, model: string) {
  const wanted = parseModel(model)
  const entry: CatalogueEntry | undefined = await catalogue.find(tenant, wanted.ref)
  if (!entry || !offers(entry, wanted)) throw unknownModel(model)
  return { entry, alias: wanted.alias }
}

async function start(
  { catalogue, starts, versions }: OpenAiServiceDependencies,
  { identity, model, conversation, idempotencyKey, labels }: Ask,
): Promise<StartedRun> {
  const starter = starterOf(identity)
  const { tenant } = starter
  const { entry, alias } = await callable(catalogue, tenant, model)
  // Of several versions that an alias leads to, the stable one says what is asked for.
  const { graph } = await versions.resolve(tenant, entry.id, { alias }, 0)
  return starts.start({
    ...{ ...starter, workflowId: entry.id, alias },
    input: runInputOf(conversation, graph),
    ...{ idempotencyKey, labels },
  })
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
const SPEAK: ReadonlySet<string> = new Set(['answer', 'llm'])
