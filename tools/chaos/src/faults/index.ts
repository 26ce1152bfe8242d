import { databaseFaults } from './database.ts'
import { deployFaults } from './deploy.ts'
import type { Fault } from './fault.ts'
import { messageFaults } from './messages.ts'
import { processFaults } from './processes.ts'
import { rollingFaults } from './rolling.ts'

/** Every fault there is. */
export const FAULTS: readonly Fault[] = [
  ...processFaults,
  ...rollingFaults,
  ...deployFaults,
  ...messageFaults,
  ...databaseFaults,
]
