import type { TrivialExecutor } from './task.ts'

/** Gives back what it was given. */
export const echo: TrivialExecutor<{ readonly data: unknown }> = {
  isTrivial: true,
  execute: ({ data }) => data,
}
