import type { Surroundings } from '../contender.ts'
import type { LoadGenerator } from '../load.ts'
import type { GatewayOptions } from '../options.ts'

export interface ProbeContext {
  readonly surroundings: Surroundings
  readonly generator: LoadGenerator
  readonly options: GatewayOptions
}

export interface Figure {
  readonly name: string
  readonly value: number
  readonly unit: string
  /** `value` is at most, or at least, this. */
  readonly goal: { readonly most: number } | { readonly least: number }
}

/** Something that is asked of the gateway alone, and not compared with others. */
export interface Probe {
  readonly name: string
  readonly what: string
  run(context: ProbeContext): Promise<Figure[]>
}

export function isMet({ value, goal }: Figure): boolean {
  return 'most' in goal ? value <= goal.most : value >= goal.least
}
