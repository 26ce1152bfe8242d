import type { RunCommand } from '../run/command.ts'
import type { Review, Step } from './recorded.ts'

/** Of a reference what it stands for, as the outside gave it; anything else as it is. */
type ContentOf = (data: unknown) => unknown

/** How long the outside took, in milliseconds. */
export function lastingOf({ beganMs, endedMs = beganMs }: Step): number {
  return Math.max(0, endedMs - beganMs)
}

/** What was answered, to whatever attempt asks now. */
export function finishOf(
  { path, attempt }: { readonly path: string; readonly attempt: number },
  { end }: Step,
  contentOf: ContentOf,
): RunCommand | undefined {
  if (!end) return undefined
  const place = { type: 'run.finish-task', path, attempt } as const
  if (end.status === 'failed') return { ...place, outcome: { status: 'failed', error: end.error } }
  const { data, usage, durationMs = 0, cached } = end
  const more = { ...(usage && { usage }), ...(cached && { cached }) }
  return {
    ...place,
    outcome: { status: 'succeeded', output: contentOf(data), durationMs, ...more },
  }
}

/** One that timed out does so again by itself. */
export function deliveryOf(
  path: string,
  { end }: Step,
  contentOf: ContentOf,
): RunCommand | undefined {
  if (end?.status !== 'succeeded' || end.port !== 'out') return undefined
  return { type: 'run.deliver-event', path, payload: contentOf(end.data) }
}

/** What somebody said of a write that nobody knew the outcome of. */
export function resolutionOf(
  path: string,
  { reviewed, output }: Review,
  contentOf: ContentOf,
): RunCommand {
  const { resolution, by, note } = reviewed
  const more = {
    ...(output !== undefined && { output: contentOf(output) }),
    ...(note !== undefined && { note }),
  }
  return { type: 'run.resolve-effect', path, resolution, by, ...more }
}
