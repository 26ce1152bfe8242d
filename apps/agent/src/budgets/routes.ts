import { BudgetId, Page, PageQuery, Problem } from '@dure/contracts'
import {
  answerLostUpdates,
  decodeCursor,
  encodeCursor,
  etagOf,
  expectedRevisions,
  IfMatch,
  identityOf,
  invalidCursor,
  pageKeyOf,
  pageOf,
} from '@dure/platform'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import type { BudgetService } from './service.ts'
import { BudgetView, ChangeBudget, CreateBudget, EntryView, viewBudget, viewEntry } from './view.ts'

const OfBudget = Type.Object({ budgetId: BudgetId })
const tags = ['budgets']
const read = { scope: 'budgets:read' } as const
const write = { scope: 'budgets:write' } as const
const act = { ...write, idempotency: 'transaction' } as const

/** Under `/v2`. */
export const budgetRoutes: FastifyPluginAsyncTypebox<{ readonly budgets: BudgetService }> = async (
  app,
  { budgets },
) => {
  answerLostUpdates(app)

  app.post(
    '/budgets',
    {
      config: act,
      schema: {
        operationId: 'createBudget',
        summary: 'Limit what may be spent on models',
        description:
          'It counts the calls that begin from a second after this on. One of scope `organization` needs the scope `organizations:write`, too.',
        tags,
        body: CreateBudget,
        response: { 201: BudgetView, '4xx': Problem },
      },
    },
    async (request, reply) => {
      const { name = '', onExhaustion = STOP, warnAtPercents = WARN_AT, ...rest } = request.body
      const budget = { ...rest, name, onExhaustion, warnAtPercents }
      const created = await budgets.create(identityOf(request), budget)
      return reply
        .code(201)
        .header('location', `/v2/budgets/${created.id}`)
        .header('etag', etagOf(created))
        .send(viewBudget(created))
    },
  )

  app.get(
    '/budgets',
    {
      config: read,
      schema: {
        operationId: 'listBudgets',
        summary: 'List the budgets of the project and of its organization, newest first',
        tags,
        querystring: PageQuery,
        response: { 200: Page(BudgetView, 'BudgetPage'), '4xx': Problem },
      },
    },
    async (request) => {
      const { limit, cursor } = request.query
      const page = { limit: limit + 1, after: pageKeyOf(cursor, 'bud') }
      const found = await budgets.page(identityOf(request).tenant, page)
      const { data, nextCursor } = pageOf(found, limit)
      return { data: data.map(viewBudget), nextCursor }
    },
  )

  app.get(
    '/budgets/:budgetId',
    {
      config: read,
      schema: {
        operationId: 'getBudget',
        summary: 'Get a budget, and what is left, reserved and spent of it now',
        tags,
        params: OfBudget,
        response: { 200: BudgetView, '4xx': Problem },
      },
    },
    async (request, reply) => {
      const budget = await budgets.get(identityOf(request).tenant, request.params.budgetId)
      return reply.header('etag', etagOf(budget)).send(viewBudget(budget))
    },
  )

  app.patch(
    '/budgets/:budgetId',
    {
      config: write,
      schema: {
        operationId: 'changeBudget',
        summary: 'Change its limit, or what happens near its end',
        tags,
        params: OfBudget,
        headers: IfMatch,
        body: ChangeBudget,
        response: { 200: BudgetView, '4xx': Problem },
      },
    },
    async (request, reply) => {
      const changed = await budgets.change(identityOf(request), request.params.budgetId, {
        changes: request.body,
        expected: expectedRevisions(request.headers),
      })
      return reply.header('etag', etagOf(changed)).send(viewBudget(changed))
    },
  )

  app.delete(
    '/budgets/:budgetId',
    {
      config: write,
      schema: {
        operationId: 'deleteBudget',
        summary: 'Delete a budget: it limits nothing any more',
        tags,
        params: OfBudget,
        headers: IfMatch,
        response: { 204: Type.Null(), '4xx': Problem },
      },
    },
    async (request, reply) => {
      const expected = expectedRevisions(request.headers)
      await budgets.remove(identityOf(request), request.params.budgetId, expected)
      return reply.code(204).send(null)
    },
  )

  app.get(
    '/budgets/:budgetId/ledger',
    {
      config: read,
      schema: {
        operationId: 'listLedgerEntries',
        summary: 'List what was reserved and spent of a budget, newest first',
        description: 'One of scope `organization` needs the scope `organizations:read`, too.',
        tags,
        params: OfBudget,
        querystring: PageQuery,
        response: { 200: Page(EntryView, 'LedgerEntryPage'), '4xx': Problem },
      },
    },
    async (request) => {
      const { limit, cursor } = request.query
      const page = { limit: limit + 1, after: entryIdOf(cursor) }
      const found = await budgets.entries(identityOf(request), request.params.budgetId, page)
      const data = found.slice(0, limit)
      const last = found.length > limit ? data.at(-1) : undefined
      return { data: data.map(viewEntry), nextCursor: last ? encodeCursor([last.id]) : null }
    },
  )
}

const STOP = { policy: 'stop' } as const
const WARN_AT = [80, 100]

function entryIdOf(cursor: string | undefined): string | undefined {
  if (cursor === undefined) return undefined
  const [id = '', ...more] = decodeCursor(cursor)
  if (!/^[0-9]{1,18}$/.test(id) || more.length > 0) throw invalidCursor()
  return id
}
