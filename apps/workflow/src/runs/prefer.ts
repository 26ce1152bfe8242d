import { type Static, Type } from 'typebox'

/** How the caller of a start wants to be answered. */
export const ANSWERING = {
  mode: Type.Optional(
    Type.Enum(['wait', 'background', 'stream'], {
      description:
        '`wait`: answer when the run has ended; `background`: answer at once; `stream`: answer with its events. Absent: `wait` with `Prefer: wait=…`, else `background`',
    }),
  ),
  waitMs: Type.Optional(
    Type.Integer({
      minimum: 0,
      maximum: 50_000,
      description:
        'With `wait`: after this many milliseconds answer 202 with the run as it is. Absent: what `Prefer` says, else 30,000',
    }),
  ),
}

/** RFC 7240. What is not understood, or cannot be done, is ignored: it is a wish. */
export const PREFER = {
  prefer: Type.Optional(
    Type.String({
      maxLength: 500,
      description:
        '`wait=n`: answer when the run has ended, after n seconds at the latest; `respond-async`: answer at once. What the body says counts more',
      examples: ['wait=10'],
    }),
  ),
}

const body = Type.Object(ANSWERING)

export interface Answering {
  readonly mode: 'wait' | 'background' | 'stream'
  readonly waitMs: number
  /** For `Preference-Applied`; absent when no wish was granted. */
  readonly applied?: string
}

const MAX_WAIT_S = 50
const WAIT_MS = 30_000

export function answeringOf(
  { mode, waitMs }: Static<typeof body>,
  prefer: string | undefined,
): Answering {
  const { waitS, isAsync } = wishesIn(prefer)
  const mayWait = mode === 'wait' || mode === undefined
  if (waitS !== undefined && mayWait && waitMs === undefined) {
    return { mode: 'wait', waitMs: waitS * 1000, applied: `wait=${waitS}` }
  }
  return {
    mode: mode ?? 'background',
    waitMs: waitMs ?? WAIT_MS,
    ...(isAsync && mode === undefined && { applied: 'respond-async' }),
  }
}

/** Of a wish that is there twice, the first counts. */
function wishesIn(prefer = '') {
  const wishes = prefer.split(',').map((wish) => (wish.split(';', 1)[0] ?? '').trim().toLowerCase())
  const [waitS] = wishes.flatMap((wish) => {
    const digits = /^wait[ \t]*=[ \t]*"?([0-9]{1,9})"?$/.exec(wish)?.[1]
    return digits === undefined ? [] : [Math.min(Number(digits), MAX_WAIT_S)]
  })
  return { waitS, isAsync: wishes.includes('respond-async') }
}
