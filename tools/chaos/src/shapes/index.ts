import type { Shape } from './shape.ts'
import { specialShapes } from './special.ts'
import { waitingShapes } from './waiting.ts'
import { workingShapes } from './working.ts'

/** Every workflow that is published. One that names another comes after it. */
export const SHAPES: readonly Shape[] = [...workingShapes, ...waitingShapes, ...specialShapes]
