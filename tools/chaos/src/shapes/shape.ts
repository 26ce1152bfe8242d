import type { GraphSpec } from './parts.ts'

/** A workflow that the runs of the chaos are of. */
export interface Shape {
  readonly name: string
  /** How often it is chosen, compared with the others. */
  readonly share: number
  readonly input?: object
  /** What somebody outside has to do before a run of it can end. */
  readonly waitsFor?: 'approval' | 'signal' | 'retry'
  /**
   * @param world URL of the world
   * @param workflows ids of the shapes before it, by name
   */
  graph(world: string, workflows: Readonly<Record<string, string>>): GraphSpec
}
