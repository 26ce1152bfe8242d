import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../../..')

/** The service, its folder under `apps`, and what its database is named after. */
export const SERVICES = ['gateway', 'workflow', 'agent', 'knowledge', 'analytics'] as const
export type ServiceName = (typeof SERVICES)[number]

export function appFolder(service: ServiceName): string {
  return join(ROOT, 'apps', service)
}
