import type { Tenant } from '@dure/contracts'
import type { ModelCall, ModelCaller, ModelReply } from '../models/model-call.ts'

/** What the helpers of `/v1/ai` ask. */
export interface HelperModel {
  readonly caller: ModelCaller
  /** Of one call with its retries. */
  readonly timeoutMs: number
}

interface HelperQuestion
  extends Pick<
    ModelCall,
    | 'callKey'
    | 'system'
    | 'messages'
    | 'outputSchema'
    | 'maxOutputTokens'
    | 'cachePrompt'
    | 'signal'
  > {
  readonly tenant: Tenant
  readonly keyId: string | undefined
}

/** Asks the default model of the installation, for somebody who waits for the whole answer. */
export function askHelper(
  { caller, timeoutMs }: HelperModel,
  { tenant, keyId, ...question }: HelperQuestion,
): Promise<ModelReply> {
  return caller.call({
    ...question,
    payer: { tenant, ...(keyId !== undefined && { keyId }) },
    kind: 'helper',
    ...{ models: [], temperature: 0, priority: 'interactive', timeoutMs, onDelta: () => {} },
  })
}
