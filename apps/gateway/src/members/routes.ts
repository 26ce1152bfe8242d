import { MemberId, PageQuery, Problem } from '@dure/contracts'
import {
  allowsTag,
  answerLostUpdates,
  contentTag,
  IfMatch,
  identityOf,
  pageKeyOf,
  pageOf,
} from '@dure/platform'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import type { MemberService } from './service.ts'
import type { Member } from './store.ts'
import { AddMember, MemberPage, MemberView, UpdateMember, viewOf } from './view.ts'

export interface MemberRoutesOptions {
  readonly members: MemberService
}

const read = { scope: 'organizations:read' } as const
const write = { scope: 'organizations:write' } as const
const act = { ...write, idempotency: 'transaction' } as const
const tags = ['members']
const params = Type.Object({ memberId: MemberId })

/** Under `/v2/members`. */
export const memberRoutes: FastifyPluginAsyncTypebox<MemberRoutesOptions> = async (
  app,
  { members },
) => {
  answerLostUpdates(app)

  app.post(
    '/members',
    {
      config: act,
      schema: {
        operationId: 'addMember',
        summary: 'Add a person to the organization, by e-mail address or by their subject in OIDC',
        tags,
        body: AddMember,
        response: { 201: MemberView, '4xx': Problem },
      },
    },
    async (request, reply) => {
      const { role, email, externalSubject } = request.body
      const wanted = { role, email: email?.toLowerCase(), externalSubject }
      const member = await members.add(identityOf(request), wanted)
      return reply
        .code(201)
        .header('location', `/v2/members/${member.id}`)
        .header('etag', tagOf(member))
        .send(viewOf(member))
    },
  )

  app.get(
    '/members',
    {
      config: read,
      schema: {
        operationId: 'listMembers',
        summary: 'List the members of the organization, newest first',
        tags,
        querystring: PageQuery,
        response: { 200: MemberPage, '4xx': Problem },
      },
    },
    async (request) => {
      const { limit, cursor } = request.query
      const page = { limit: limit + 1, after: pageKeyOf(cursor) }
      const { data, nextCursor } = pageOf(
        await members.page(identityOf(request).tenant, page),
        limit,
      )
      return { data: data.map(viewOf), nextCursor }
    },
  )

  app.get(
    '/members/:memberId',
    {
      config: read,
      schema: {
        operationId: 'getMember',
        summary: 'Get a member of the organization',
        tags,
        params,
        response: { 200: MemberView, '4xx': Problem },
      },
    },
    async (request, reply) => {
      const member = await members.get(identityOf(request).tenant, request.params.memberId)
      return reply.header('etag', tagOf(member)).send(viewOf(member))
    },
  )

  app.patch(
    '/members/:memberId',
    {
      config: write,
      schema: {
        operationId: 'updateMember',
        summary: 'Give a member another role',
        tags,
        params,
        headers: IfMatch,
        body: UpdateMember,
        response: { 200: MemberView, '4xx': Problem },
      },
    },
    async (request, reply) => {
      const { memberId } = request.params
      const change = { role: request.body.role, isExpected: expectedBy(request.headers) }
      const changed = await members.setRole(identityOf(request), memberId, change)
      return reply.header('etag', tagOf(changed)).send(viewOf(changed))
    },
  )

  app.delete(
    '/members/:memberId',
    {
      config: write,
      schema: {
        operationId: 'removeMember',
        summary: 'Remove a member, and revoke the keys that they made for themselves',
        tags,
        params,
        headers: IfMatch,
        response: { 204: Type.Null(), '4xx': Problem },
      },
    },
    async (request, reply) => {
      const isExpected = expectedBy(request.headers)
      await members.remove(identityOf(request), request.params.memberId, isExpected)
      return reply.code(204).send(null)
    },
  )
}

function tagOf(member: Member): string {
  return contentTag(viewOf(member))
}

function expectedBy(headers: { readonly 'if-match'?: string }) {
  return (member: Member) => allowsTag(headers, tagOf(member))
}
