import { ParseError } from '../parse-error.ts'
import type { ParseLimits } from '../parsed.ts'

/** What all parts of a file may inflate to, together. */
export interface InflateBudget {
  readonly left: number
  /** @throws ParseError `document.inflates-too-much` */
  spend(bytes: number): void
}

/** Small files may well be all repetition. */
const FREE_BYTES = 16 * 1024 * 1024

/** @param size of the file, in bytes */
export function createInflateBudget(
  size: number,
  { maxInflatedBytes, maxInflationRatio }: ParseLimits,
): InflateBudget {
  const budget = Math.min(maxInflatedBytes, Math.max(FREE_BYTES, size * maxInflationRatio))
  let spent = 0
  return {
    get left() {
      return budget - spent
    },
    spend(bytes) {
      spent += bytes
      if (spent <= budget) return
      throw new ParseError(
        'document.inflates-too-much',
        `The file inflates to more than ${budget} bytes: save it again, or split it into several documents`,
      )
    },
  }
}
