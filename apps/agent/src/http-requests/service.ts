import { hash } from 'node:crypto'
import type { SendHttpRequest, Tenant } from '@dure/contracts'
import { DureError } from '@dure/kernel'
import { type Egress, withSpan } from '@dure/platform'
import type { Vault } from '../secrets/vault-service.ts'
import { type Done, type Executor, OutcomeUnknownError, type Work } from '../tasks/task.ts'
import { credentialsOf, disguisesOf } from './credentials.ts'
import { redacted } from './redact.ts'
import { contentOf, hostOf, isRepeatable } from './request.ts'
import { responseOf } from './response.ts'

export interface HttpSenderParts {
  readonly egress: Egress
  readonly vault: Vault
}

/**
 * Executes `http` nodes. Every answer is a success with its status: what a 404 means is for the
 * workflow to say. A write whose answer did not arrive fails in a way that nobody repeats blindly.
 */
export function createHttpSender(parts: HttpSenderParts): Executor<SendHttpRequest> {
  return {
    isRepeatable,

    execute: (work) =>
      withSpan('execute_tool http', attributesOf(work), async (span) => {
        const done = await send(parts, work)
        span.setAttribute('http.response.status_code', done.fact.status)
        return done
      }),

    failed: (input) => ({
      type: 'http.requested',
      method: input.method,
      host: hostOf(input),
      status: 0,
    }),
  }
}

async function send(parts: HttpSenderParts, { task, input, signal }: Work<SendHttpRequest>) {
  const { method, url, maxBytes } = input
  let sent = false
  const content = contentOf(input)
  try {
    const secret = await secretOf(parts.vault, task.tenant, input)
    const answer = await parts.egress.request({
      ...content,
      method,
      url,
      headers: {
        'user-agent': 'Dure',
        'idempotency-key': hash('sha256', task.taskKey),
        ...content.headers,
        'dure-attempt': String(task.attempt),
      },
      credentials: secret.credentials,
      maxBytes,
      timeoutMs: task.timeoutMs,
      signal,
      onSent: () => {
        sent = true
      },
    })
    const { status } = answer
    const fact = { type: 'http.requested' as const, method, host: hostOf(input), status }
    return { output: redacted(responseOf(answer), secret.disguises), fact } satisfies Done
  } catch (error) {
    if (!sent || isRepeatable(input)) throw error
    const why = error instanceof DureError ? error.code : 'it was interrupted'
    throw new OutcomeUnknownError(`The request was sent, but its answer was lost (${why}).`, error)
  }
}

/** What only this request may know, and what its answer must not show. */
async function secretOf(vault: Vault, tenant: Tenant, { url, auth }: SendHttpRequest) {
  const target = URL.parse(url)
  // What is not a URL is refused before anything is sent.
  if (!auth || !target) return NO_SECRET
  const value = await vault.reveal(tenant, auth.secret, target)
  return { credentials: credentialsOf(auth, value), disguises: disguisesOf(auth, value) }
}

const NO_SECRET = { credentials: {}, disguises: [] }

function attributesOf({ task, input }: Work<SendHttpRequest>) {
  return {
    'gen_ai.operation.name': 'execute_tool',
    'gen_ai.tool.name': 'http',
    'http.request.method': input.method,
    'server.address': hostOf(input),
    'dure.run_id': task.runId,
    'dure.node_id': task.nodeId,
  }
}
