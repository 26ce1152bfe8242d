import { type Static, Type } from 'typebox'
import { type StoredTrigger, TRIGGER_FIELDS } from '../trigger.ts'

const HeaderName = Type.String({
  pattern: '^[A-Za-z0-9][A-Za-z0-9-]{0,99}$',
  examples: ['webhook-id'],
})

/** RFC 6901. */
const Pointer = Type.String({
  maxLength: 200,
  pattern: '^(?:/(?:[^~/]|~[01])*)*$',
  examples: ['/event/id'],
})

const NoAuth = Type.Object({ mode: Type.Literal('none') }, { additionalProperties: false })

const HMAC_FIELDS = {
  mode: Type.Literal('hmac'),
  scheme: Type.Enum(['standard', 'hub'], {
    default: 'standard',
    description:
      '`standard`: Standard Webhooks, `v1,<base64>` over `id.timestamp.body`, at most 5 min old; `hub`: `sha256=<hex>` over the body',
  }),
  idHeader: Type.Optional(HeaderName),
  timestampHeader: Type.Optional(HeaderName),
  signatureHeader: Type.Optional(HeaderName),
}
const HmacAuth = Type.Object(HMAC_FIELDS, { additionalProperties: false })
const SaveHmacAuth = Type.Object(
  {
    ...HMAC_FIELDS,
    secret: Type.Optional(
      Type.String({
        minLength: 16,
        maxLength: 256,
        description:
          'The secret of the sender. Absent: the one it has; one is made, and shown once, when it has none',
      }),
    ),
  },
  { additionalProperties: false },
)

export const WebhookAuth = Type.Union([NoAuth, HmacAuth])
export type WebhookAuth = Static<typeof WebhookAuth>
export type HmacAuth = Static<typeof HmacAuth>

export const Dedupe = Type.Union([
  Type.Object({ by: Type.Literal('header'), header: HeaderName }, { additionalProperties: false }),
  Type.Object({ by: Type.Literal('pointer'), pointer: Pointer }, { additionalProperties: false }),
  Type.Object({ by: Type.Literal('body') }, { additionalProperties: false }),
])
export type Dedupe = Static<typeof Dedupe>

export const Debounce = Type.Object(
  {
    ms: Type.Integer({
      minimum: 100,
      maximum: 3_600_000,
      description: 'A run starts when so long nothing was delivered, with the last delivery',
    }),
    key: Type.Optional(Pointer),
  },
  { additionalProperties: false },
)
export type Debounce = Static<typeof Debounce>

export const RESPOND = ['accepted', 'wait'] as const

export const SaveWebhookTrigger = Type.Object(
  {
    ...TRIGGER_FIELDS,
    auth: Type.Union([NoAuth, SaveHmacAuth], { default: { mode: 'none' } }),
    dedupe: Type.Unsafe<Dedupe>({
      ...Dedupe,
      default: { by: 'header', header: 'webhook-id' },
      description:
        'What tells deliveries apart: of several with the same, the first starts a run. A delivery without it always does',
    }),
    debounce: Type.Optional(Debounce),
    respond: Type.Enum(RESPOND, {
      default: 'accepted',
      description: '`wait`: for the answer of a `respond` node, at most 30 s',
    }),
    headers: Type.Array(HeaderName, {
      maxItems: 20,
      default: ['content-type', 'user-agent'],
      description: 'Headers that runs get to see',
    }),
  },
  { additionalProperties: false, $id: 'SaveWebhookTrigger' },
)
export type SaveWebhookTrigger = Static<typeof SaveWebhookTrigger>

export interface StoredWebhookTrigger extends StoredTrigger {
  readonly auth: WebhookAuth
  /** Never shown again; with `hmac`, never null. */
  readonly secret: string | null
  readonly dedupe: Dedupe
  readonly debounce: Debounce | null
  readonly respond: (typeof RESPOND)[number]
  readonly headers: readonly string[]
}

/** What is shown once: only whoever made it can know it from now on. */
export interface CreatedWebhookTrigger extends StoredWebhookTrigger {
  /** Of a new trigger only. */
  readonly token?: string
  /** When it was made just now. */
  readonly newSecret?: string
}
