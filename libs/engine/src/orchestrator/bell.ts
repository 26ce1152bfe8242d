/** A new look is asked for while a run is in hand. */
export interface Bell {
  ring(): void
  readonly rung: boolean
  answer(): void
  next(): Promise<void>
}

export function createBell(): Bell {
  let rung = false
  let wake = () => {}
  return {
    get rung() {
      return rung
    },
    ring() {
      rung = true
      wake()
    },
    answer() {
      rung = false
    },
    async next() {
      if (rung) return
      const { promise, resolve } = Promise.withResolvers<void>()
      wake = resolve
      await promise
    },
  }
}
