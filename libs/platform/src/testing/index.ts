import { type Logger, pino } from 'pino'

export { type TestDatabase, testDatabase } from './database.ts'
export { eventually } from './eventually.ts'
export { type TestIdentity, testIdentity, testTenant } from './identity.ts'
export { testQueues } from './queues.ts'
export { type TableValues, testRowSecurity } from './row-security.ts'
export { testSecretsKeys } from './secrets-keys.ts'

export function silentLog(): Logger {
  return pino({ level: 'silent' })
}
