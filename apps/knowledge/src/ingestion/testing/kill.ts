/** Where a worker is killed. */
export interface Kill {
  /** From whose claim on statements count; empty: from the start. */
  readonly documentId: string
  /** Words of a statement, as the code has it. */
  readonly statement: string
  /** Words of the statement before it on its connection; absent: whichever that was. */
  readonly following?: string
  /** `before`: the statement is never sent; `after`: it took effect, and nobody heard of it. */
  readonly when: 'before' | 'after'
  /** The how manieth of these statements; absent: the first. */
  readonly nth?: number
}

export const KILL_VARIABLE = 'DURE_TEST_KILL'
