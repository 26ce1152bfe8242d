import { UnavailableError } from '@dure/kernel'

/** Who may use one of so many places. Who waits stands in a line, and each line has its turn: a long one delays no other. */
export interface Turns {
  /** @throws UnavailableError `sandbox.busy` when too many wait already, `sandbox.closed` */
  take(line: string): Promise<void>
  /** By whoever has one, when it is free again. */
  pass(): void
  /** Nobody gets one any more. */
  close(): void
}

export interface TurnsOptions {
  readonly places: number
  /** In one line. */
  readonly maxInLine: number
  /** In all of them. */
  readonly maxWaiting: number
}

export function createTurns({ places, maxInLine, maxWaiting }: TurnsOptions): Turns {
  /** The first one has the next turn. None is empty. */
  const lines = new Map<string, (() => void)[]>()
  let free = places
  let waiting = 0
  let isClosed = false

  function requireOpen(): void {
    if (isClosed) throw new UnavailableError('sandbox.closed', 'The service is stopping')
  }

  return {
    async take(name) {
      requireOpen()
      if (free > 0) {
        free -= 1
        return
      }
      const line = lines.get(name) ?? []
      if (line.length >= maxInLine || waiting >= maxWaiting) {
        throw new UnavailableError('sandbox.busy', 'Too much code waits to be run: try again')
      }
      waiting += 1
      await new Promise<void>((resolve) => {
        line.push(resolve)
        lines.set(name, line)
      })
      requireOpen()
    },

    pass() {
      const [first] = lines
      if (!first) {
        free += 1
        return
      }
      const [name, line] = first
      const next = line.shift()
      waiting -= 1
      // It goes behind all others.
      lines.delete(name)
      if (line.length > 0) lines.set(name, line)
      next?.()
    },

    close() {
      isClosed = true
      for (const line of lines.values()) for (const next of line) next()
      lines.clear()
      waiting = 0
    },
  }
}
