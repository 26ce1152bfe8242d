import type { NodeId } from '@dure/contracts'

/**
 * Where something stands in a run. The path of a node is its id, after the path of its scope; the path
 * of a scope is that of its container and the number of the iteration, and empty for the run itself:
 * `each_order[3]/charge` is the node `charge` in the scope `each_order[3]`.
 */
export function pathIn(scope: string, nodeId: string): string {
  return scope === '' ? nodeId : `${scope}/${nodeId}`
}

export function scopeOfPath(path: string): string {
  const slash = path.lastIndexOf('/')
  return slash < 0 ? '' : path.slice(0, slash)
}

export function nodeIdOf(path: string): NodeId {
  return path.slice(path.lastIndexOf('/') + 1) as NodeId
}

export function iterationOf(container: string, index: number): string {
  return `${container}[${index}]`
}

/** @throws TypeError for the scope of the run itself, which is an iteration of nothing */
export function splitIteration(scope: string): { container: string; index: number } {
  const bracket = scope.lastIndexOf('[')
  if (bracket < 0) throw new TypeError(`Not an iteration: ${scope}`)
  return { container: scope.slice(0, bracket), index: Number(scope.slice(bracket + 1, -1)) }
}
