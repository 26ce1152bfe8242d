import { OK, type Reply, type Request } from '@dure/system-test/world'

/** Where deliveries are taken. */
export const HOOK = '/hook'
/** Where nobody answers while runs are broken. */
export const SILENT = '/silent'

/** Of the world outside: it takes deliveries, and breaks every other connection. */
export function answerOf({ path }: Request): Reply {
  return path === HOOK ? OK : 'cut'
}
