import type { TaskError } from '@dure/contracts'
import type { Incoming } from '../nodes/define.ts'
import type { NodeState } from './state.ts'

/** Whether a node may go on, and with what. */
export type Readiness =
  | { readonly state: 'open' }
  | { readonly state: 'dead' }
  | { readonly state: 'failed'; readonly error: TaskError }
  | { readonly state: 'ready'; readonly incoming: readonly Incoming[] }

export function isLive(node: NodeState, port: string): boolean {
  return node.status === 'completed' && node.port === port
}
