import { Page, PageQuery, Problem } from '@dure/contracts'
import { NotFoundError } from '@dure/kernel'
import { decodeCursor, encodeCursor, identityOf, invalidCursor } from '@dure/platform'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { type Static, Type } from 'typebox'
import type { Link } from './chain.ts'
import { AuditContent } from './entry.ts'
import type { SignHead } from './heads-service.ts'
import type { AuditStore } from './store.ts'

const AuditEntry = Type.Object(
  {
    seq: Type.Integer({ description: 'Its place in the log of the organization, from 1' }),
    ...AuditContent.properties,
    hash: Type.String({
      description: 'SHA-256 of this entry and all before it, in base64url',
    }),
  },
  { $id: 'AuditEntry', description: 'Something that was asked for, or the answer to it' },
)
type AuditEntry = Static<typeof AuditEntry>

const AuditHead = Type.Object(
  {
    seq: Type.Integer({ description: 'The number of the last entry' }),
    hash: Type.String({ description: 'Its hash, in base64url' }),
    jws: Type.String({ description: 'Keep it: it shows later that nothing before it has changed' }),
  },
  { $id: 'AuditHead' },
)

const AuditLogQuery = Type.Object({
  ...PageQuery.properties,
  principalId: Type.Optional(
    Type.String({
      maxLength: 128,
      description: 'Who asked, such as `key_…`',
      'x-dure-ref': 'key',
    }),
  ),
  target: Type.Optional(
    Type.String({
      maxLength: 128,
      description: 'The id of what it was about, such as `wf_…`',
      'x-dure-ref': 'wf',
    }),
  ),
})

export interface AuditRoutesOptions {
  readonly store: AuditStore
  readonly signHead: SignHead
}

export const auditRoutes: FastifyPluginAsyncTypebox<AuditRoutesOptions> = async (
  app,
  { store, signHead },
) => {
  app.get(
    '/audit-logs',
    {
      config: { scope: 'audit-logs:read' },
      schema: {
        operationId: 'listAuditLogs',
        summary: 'What was changed in the project, and by whom',
        description:
          'Newest first. A change has an entry before it is made (`asked`), and one when it has been answered.',
        tags: ['audit-logs'],
        querystring: AuditLogQuery,
        response: { 200: Page(AuditEntry, 'AuditEntryPage'), '4xx': Problem },
      },
    },
    async (request) => {
      const { limit, cursor, principalId, target } = request.query
      const { tenant } = identityOf(request)
      const before = cursor === undefined ? undefined : seqIn(cursor)
      const links = await store.list({ ...tenant, principalId, target, before, limit: limit + 1 })
      const data = links.slice(0, limit)
      const last = links.length > limit ? data.at(-1) : undefined
      return { data: data.map(viewOf), nextCursor: last ? encodeCursor([String(last.seq)]) : null }
    },
  )

  app.get(
    '/audit-logs/head',
    {
      config: { scope: 'audit-logs:read' },
      schema: {
        operationId: 'getAuditLogHead',
        summary: 'The end of the log of the organization, signed',
        description:
          'Whoever keeps it can show later that no entry before it was changed or removed.',
        tags: ['audit-logs'],
        response: { 200: AuditHead, '4xx': Problem },
      },
    },
    async (request) => {
      const { organizationId } = identityOf(request).tenant
      const head = await store.head(organizationId)
      if (!head) throw new NotFoundError('audit.empty', 'Nothing was recorded yet')
      const jws = await signHead({ organizationId, ...head })
      return { seq: head.seq, hash: head.hash.toString('base64url'), jws }
    },
  )
}

function viewOf({ seq, content, hash }: Link): AuditEntry {
  return { seq, ...(JSON.parse(content) as AuditContent), hash: hash.toString('base64url') }
}

/** @throws InvalidInputError `page.invalid-cursor` */
function seqIn(cursor: string): number {
  const [seq = '', ...more] = decodeCursor(cursor)
  if (!/^\d{1,15}$/.test(seq) || more.length > 0) throw invalidCursor()
  return Number(seq)
}
