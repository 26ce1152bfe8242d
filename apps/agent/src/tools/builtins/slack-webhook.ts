import { SecretName } from '@dure/contracts'
import { ConflictError } from '@dure/kernel'
import { Type } from 'typebox'
import { defineBuiltin } from './builtin.ts'

const MAX_BYTES = 10_000

export const slackWebhook = defineBuiltin({
  name: 'slack_webhook',
  description: 'Posts a text to the channel of a Slack-compatible incoming webhook.',
  input: Type.Object(
    { text: Type.String({ minLength: 1, maxLength: 12_000 }) },
    { additionalProperties: false },
  ),
  config: Type.Object(
    {
      secret: Type.Unsafe<string>({
        ...SecretName,
        description: 'The name of a secret whose value is the URL of the webhook',
      }),
    },
    { additionalProperties: false },
  ),
  traits: () => ({ effect: 'write', idempotent: false, reach: 'fixed', trust: 'untrusted' }),

  async execute({ input: { text }, config: { secret }, work, parts }) {
    const url = await parts.vault.revealUrl(work.tenant, secret)
    const { status } = await parts.egress.request({
      method: 'POST',
      url: url.href,
      origins: [url.origin],
      headers: { 'content-type': 'application/json', 'user-agent': 'Dure' },
      body: JSON.stringify({ text: withoutMarkup(text) }),
      maxBytes: MAX_BYTES,
      ...{ timeoutMs: work.timeoutMs, signal: work.signal, onSent: work.onSent },
    })
    work.onAnswered()
    // What it says may show the URL, and nobody needs it.
    if (status >= 400) throw refused(status)
    return { posted: true, status }
  },
})

/** https://api.slack.com/reference/surfaces/formatting#escaping: no mention of everybody, no disguised link. */
function withoutMarkup(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

function refused(status: number): ConflictError {
  return new ConflictError(
    'slack-webhook.refused',
    `The webhook answered with the status ${status}`,
  )
}
