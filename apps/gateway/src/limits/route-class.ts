import { type Priority, priorityOf } from '../routing/priority.ts'
import { canonicalPath } from '../routing/route.ts'
import type { ROUTE_CLASSES } from './policy.ts'

/**
 * `stream`: events that come for long. `run`: what sets new work going. `control`: what stops,
 * resumes or answers a run that is under way.
 */
export type RouteClass = (typeof ROUTE_CLASSES)[number]

const STREAM = /^(?:\/v[12]\/runs\/[^/]+|\/v1\/knowledge-bases\/[^/]+\/documents\/[^/]+)\/events$/
const OF_POSTS: Readonly<Record<Priority, RouteClass>> = {
  interactive: 'write',
  'run-control': 'control',
  'new-run': 'run',
  batch: 'run',
}

/** @param path without query, in any spelling that reaches a route */
export function routeClassOf(method: string, path: string): RouteClass {
  if (method === 'GET' || method === 'HEAD') {
    return STREAM.test(canonicalPath(path)) ? 'stream' : 'read'
  }
  return method === 'POST' ? OF_POSTS[priorityOf(method, path)] : 'write'
}
