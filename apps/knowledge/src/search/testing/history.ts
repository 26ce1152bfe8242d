/** A clock that only counts: no two events are at the same tick. */
export function createClock(): () => number {
  let now = 0
  return () => ++now
}

interface Change<Value> {
  readonly value: Value
  readonly begun: number
  /** When it was known to hold; undefined: not yet. */
  ended?: number
}

/** What something was changed to, one after the other, and from when to when each value may have been seen. */
export function createTimeline<Value>(first: Value) {
  const changes: Change<Value>[] = [{ value: first, begun: 0, ended: 0 }]
  return {
    /** @returns what is to be called with the tick at which the change holds for everybody */
    begin(value: Value, begun: number): (ended: number) => void {
      const change: Change<Value> = { value, begun }
      changes.push(change)
      return (ended) => {
        change.ended = ended
      }
    },
    possibleAt(tick: number): Value[] {
      const last = changes.findLastIndex(({ ended }) => ended !== undefined && ended <= tick)
      return changes
        .slice(last)
        .filter(({ begun }) => begun <= tick)
        .map(({ value }) => value)
    },
  }
}

export type Timeline<Value> = ReturnType<typeof createTimeline<Value>>

export interface Span {
  readonly begun: number
  readonly ended: number
}

export function ticksOf({ begun, ended }: Span): number[] {
  return Array.from({ length: ended - begun + 1 }, (_, at) => begun + at)
}
