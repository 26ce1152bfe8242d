import type { RunEvent, RunId } from '@dure/contracts'
import type { InPlaceStep, RunChange, RunIdentity } from '@dure/engine'
import { ENDED } from '../database.ts'
import type { Library } from '../library.ts'
import type { World } from '../world.ts'
import { changeProblems } from './change.ts'
import { emptyModel, nodeAt, type RunModel } from './model.ts'
import { reevaluationProblem } from './reevaluate.ts'
import { applyEvent } from './run-events.ts'

export interface Observer {
  /** A decision of a process that is part of the store from now on. */
  committed(owner: string, change: RunChange): void
  /** A process begins to execute a node in place. */
  executes(owner: string, run: RunIdentity, step: InPlaceStep): void
  readonly models: ReadonlyMap<RunId, RunModel>
  /** Decisions in the order in which they were committed. */
  readonly changes: readonly RunChange[]
}

type Listener = (change: RunChange, model: RunModel) => void

/** Sees everything that is committed, at the moment when it is, and holds it against the rules. */
export function createObserver(world: World, library: Library, tell: Listener): Observer {
  const models = new Map<RunId, RunModel>()
  const changes: RunChange[] = []
  const executed = new Set<string>()

  function modelOf({ id, versionId }: RunIdentity): RunModel {
    const known = models.get(id)
    if (known) return known
    const made = emptyModel(library.outline(versionId))
    models.set(id, made)
    return made
  }

  return {
    models,
    changes,
    committed(owner, change) {
      const { run, events } = change
      const model = modelOf(run)
      world.trace(`${owner} commits ${short(run.id)} v${change.expectedVersion} ${summary(change)}`)
      const { plan } = library.byId(run.versionId)
      const problems = events.flatMap((event) => {
        const computed = reevaluationProblem(model, plan, event)
        return [...applyEvent(model, event), ...(computed ? [computed] : [])]
      })
      problems.push(...changeProblems(model, change, world.database.runs.get(run.id)))
      for (const problem of problems) world.violated(`${short(run.id)}: ${problem}`)
      changes.push(change)
      tell(change, model)
    },
    executes(owner, run, { path, attempt, taskKey }) {
      const model = modelOf(run)
      const node = nodeAt(model, path)
      const key = `${taskKey}#${attempt}`
      world.trace(`${owner} executes ${short(run.id)} ${path}#${attempt}`)
      if (executed.has(key)) world.violated(`${key} is executed for the second time`)
      executed.add(key)
      const current = node?.status === 'started' && node.attempt === attempt
      const over = ENDED.has(world.database.runs.get(run.id)?.status ?? 'running')
      if (!current && !over) {
        world.violated(`${key} is executed although it is ${node?.status}#${node?.attempt}`)
      }
    },
  }
}

function short(runId: string): string {
  return runId.slice(-6)
}

function summary({ events, status, lease, wakeAt }: RunChange): string {
  const facts = events.map(brief).join(' ')
  return `${status}${lease ? ' held' : ''}${wakeAt === null ? '' : ' timed'}: ${facts}`
}

function brief(event: RunEvent): string {
  const { type } = event
  const attempt = 'attempt' in event && event.attempt !== undefined ? `#${event.attempt}` : ''
  const kind = 'kind' in event && event.kind ? `:${event.kind}` : ''
  const at =
    'nodeId' in event && event.nodeId ? ` ${('path' in event && event.path) || event.nodeId}` : ''
  return `${type.replace('node.', '')}${kind}${at}${attempt};`
}
