import type { RunEventOf } from '@dure/contracts'
import { isUnderWay, type RunModel } from './model.ts'

/** An iteration is over once, and then nothing in it is under way. */
export function iterationProblems(
  model: RunModel,
  { index }: RunEventOf<'iteration.completed'>,
  container: string,
): string[] {
  const path = `${container}[${index}]`
  const problems = model.scopes.get(path)?.over ? [`${path} is over for the second time`] : []
  return [...problems, ...underWayIn(model, path)]
}

/** A container is complete when all that was begun in it is over. */
export function openIterationProblems(model: RunModel, container: string): string | undefined {
  for (const [path, { over }] of model.scopes) {
    const inner = path.startsWith(`${container}[`)
    if (inner && !path.slice(container.length).includes('/') && !over) {
      return `${container} is completed before ${path} is over`
    }
  }
  return undefined
}

function underWayIn(model: RunModel, scope: string): string[] {
  return [...model.outstanding]
    .filter(([path, node]) => path.startsWith(`${scope}/`) && isUnderWay(node))
    .map(([path]) => `${scope} is over although ${path} is under way`)
}
