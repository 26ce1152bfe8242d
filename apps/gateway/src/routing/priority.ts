import { canonicalPath } from './route.ts'

/**
 * From the one that goes first to the one that waits, and is turned away, first. Questions about
 * health come before all of these: the gateway answers them itself, and nothing sheds them.
 */
export const PRIORITIES = ['run-control', 'interactive', 'new-run', 'batch'] as const
/**
 * `run-control`: what stops, resumes or answers a run that is under way. `interactive`: reads, and
 * edits of definitions. `new-run`: what sets new work going. `batch`: a lot of it at once.
 */
export type Priority = (typeof PRIORITIES)[number]

/** By the path of a POST; the first that fits. Whatever fits none is an edit. */
const OF_POSTS: readonly (readonly [RegExp, Priority])[] = [
  [/^\/v2\/(?:runs:batch|dead-letters:redrive)$/, 'batch'],
  [/^\/v1\/knowledge-bases\/[^/]+\/documents(?:\/[^/]+\/reprocess)?$/, 'batch'],
  [/^\/openai\/v1\/embeddings$/, 'batch'],
  [/^\/v[12]\/runs(?:\/[^/]+:(?:fork|replay))?$/, 'new-run'],
  [/^\/v[12]\/runs\//, 'run-control'],
  [/^\/v2\/(?:callbacks|effects)\//, 'run-control'],
  [/^\/v1\/approvals\//, 'run-control'],
  [/^\/v2\/experiments$/, 'batch'],
  [/^\/v1\/ai\/prompts:optimize$/, 'batch'],
  [/^\/v1\/agent-runs\//, 'run-control'],
  [/^\/v1\/(?:workflows|agents|agent-teams)\/[^/]+\/runs$/, 'new-run'],
  [/^\/(?:hooks|openai|mcp)(?:\/|$)/, 'new-run'],
  [/^\/v2\/events$/, 'new-run'],
]

/**
 * How much a request matters when there is not room for all, by its method and its path (without
 * query). Whatever spelling of a path reaches a route of a service has the priority of that route.
 */
export function priorityOf(method: string, path: string): Priority {
  if (method !== 'POST') return 'interactive'
  const canonical = canonicalPath(path)
  for (const [pattern, priority] of OF_POSTS) if (pattern.test(canonical)) return priority
  return 'interactive'
}
