import { appendFile } from 'node:fs/promises'
import type { Identity } from '@dure/contracts'
import { UnavailableError } from '@dure/kernel'
import type { FastifyBaseLogger } from 'fastify'
import { type AuditContent, actionOf, askedBy } from './entry.ts'
import type { SignHead } from './heads-service.ts'
import type { AuditStore } from './store.ts'

export interface AuditedRequest {
  readonly method: string
  /** Without its query: what follows may be a secret. */
  readonly path: string
  /** It wants what would else be refused. */
  readonly isForced?: boolean
  readonly requestId: string
  readonly ip: string
  readonly userAgent: string | undefined
}

export interface AuditLog {
  /**
   * To be called before something is done. Nothing happens that is not written down first.
   *
   * @returns to be called with the status when it has been answered
   * @throws UnavailableError `audit.unavailable`
   */
  begin(request: AuditedRequest, identity: Identity): Promise<(status: number) => void>
  /** Vouches for the chains that have grown since the last time. */
  sign(): Promise<void>
  /** Resolves when all answers that were told so far are written. */
  settle(): Promise<void>
}

export interface AuditLogDependencies {
  readonly store: AuditStore
  readonly signHead: SignHead
  /** Signed heads are added to it, a line each; it should be kept elsewhere than the database. */
  readonly headsFile: string | undefined
  readonly log: FastifyBaseLogger
}

const MAX_HEADS = 500

export function createAuditLog({
  store,
  signHead,
  headsFile,
  log,
}: AuditLogDependencies): AuditLog {
  const writing = new Set<Promise<void>>()

  async function append(identity: Identity, content: AuditContent): Promise<void> {
    await store.append(identity.tenant.organizationId, JSON.stringify(content))
  }

  /** What was done stays done when its answer cannot be written: the entry before says that it was asked. */
  function appendLater(identity: Identity, content: AuditContent): void {
    const written = append(identity, content)
      .catch((error) => log.error({ err: error, audit: content }, 'audited answer not recorded'))
      .finally(() => writing.delete(written))
    writing.add(written)
  }

  return {
    async begin(request, identity) {
      const facts = factsOf(request, identity)
      try {
        await append(identity, { at: now(), phase: 'asked', ...facts })
      } catch (cause) {
        throw new UnavailableError(
          'audit.unavailable',
          'Nothing was done, because it could not be recorded: try again',
          {},
          { cause, retryAfterS: 1 },
        )
      }
      return (status) => appendLater(identity, { at: now(), phase: 'answered', ...facts, status })
    },

    async sign() {
      for (const head of await store.unsignedHeads(MAX_HEADS)) {
        const jws = await signHead(head)
        // First outside: who changes the database must not be able to hold it back.
        if (headsFile) await appendFile(headsFile, `${jws}\n`, { mode: 0o600 })
        log.info({ head: jws, seq: head.seq }, 'audit head')
        await store.recordSigned(head, jws)
      }
    },

    settle: async () => void (await Promise.all(writing)),
  }
}

function factsOf(
  { method, path, isForced = false, requestId, ip, userAgent = '' }: AuditedRequest,
  { principalId, tenant }: Identity,
): Omit<AuditContent, 'at' | 'phase' | 'status'> {
  return {
    principalId,
    projectId: tenant.projectId,
    ...actionOf(method, path, { isForced }),
    ...askedBy({ requestId, ip, userAgent }),
  }
}

function now(): string {
  return new Date().toISOString()
}
