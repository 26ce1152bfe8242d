import { type Identity, Page, PageQuery, Problem, type Tenant } from '@dure/contracts'
import type { IdPrefix } from '@dure/kernel'
import {
  decodeCursor,
  type ExpectedRevisions,
  encodeCursor,
  etagOf,
  expectedRevisions,
  IfMatch,
  identityOf,
  invalidCursor,
  type PageKey,
  pageKeyOf,
  pageOf,
} from '@dure/platform'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { type TObject, type TSchema, Type } from 'typebox'
import type { StoredEntry } from './history.ts'
import type { Keyset } from './store.ts'
import { TriggerHistoryEntry, viewEntry } from './view.ts'

export interface Change<Save> {
  readonly save: Save
  /** Which revisions it may replace. */
  readonly expected: ExpectedRevisions
}

/** What can be done with triggers of any kind. Foreign ids are as unknown as those that nobody has. */
export interface TriggerService<Stored, Save, Created> {
  create(identity: Identity, save: Save): Promise<Created>
  get(tenant: Tenant, id: string): Promise<Stored>
  page(tenant: Tenant, page: Keyset): Promise<Stored[]>
  /** @throws ConflictError `trigger.changed` at another revision */
  update(tenant: Tenant, id: string, change: Change<Save>): Promise<Created>
  /** @throws ConflictError `trigger.changed` at another revision */
  remove(tenant: Tenant, id: string, expected: ExpectedRevisions): Promise<void>
  setEnabled(tenant: Tenant, id: string, enabled: boolean): Promise<Stored>
  history(
    tenant: Tenant,
    id: string,
    page: { readonly limit: number; readonly before: string | undefined },
  ): Promise<StoredEntry[]>
}

type Shown = Record<string, unknown>

/** One kind of trigger, as the API shows it. */
export interface TriggerKind<Stored, Save, Created = Stored> {
  /** `schedule`: in the description, and, with a capital, in the ids of operations. */
  readonly noun: string
  /** `/schedules` */
  readonly path: string
  readonly idPrefix: IdPrefix
  readonly id: TSchema
  readonly save: TObject
  readonly view: TObject
  readonly viewOf: (stored: Stored) => Shown
  /** What the answer to a creation or a change shows; else as any other. */
  readonly created?: { readonly view: TObject; readonly viewOf: (created: Created) => Shown }
  readonly service: TriggerService<Stored, Save, Created>
}

const read = { scope: 'workflows:read' } as const
const write = { scope: 'workflows:write' } as const
const act = { ...write, idempotency: 'transaction' } as const
/** What is created may come with a secret that is shown once. */
const create = { ...write, idempotency: 'private-transaction' } as const
const tags = ['triggers']

/** Create, list, read, replace, delete, enable, disable and look back: the same for every kind. */
export function registerTriggerRoutes<
  Stored extends PageKey & { readonly revision: number },
  Save,
  Created extends Stored,
>(app: Parameters<FastifyPluginAsyncTypebox>[0], kind: TriggerKind<Stored, Save, Created>): void {
  const { noun, path, service, view, viewOf } = kind
  const shown = kind.created ?? { view, viewOf }
  const Noun = noun
    .split(' ')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('')
  const one = `${path}/:triggerId`
  const params = Type.Object({ triggerId: kind.id })
  const idIn = (request: { params: unknown }) => (request.params as { triggerId: string }).triggerId

  app.post(
    path,
    {
      config: create,
      schema: {
        operationId: `create${Noun}`,
        summary: `Create a ${noun}`,
        tags,
        body: kind.save,
        response: { 201: shown.view, '4xx': Problem },
      },
    },
    async (request, reply) => {
      const created = await service.create(identityOf(request), request.body as Save)
      return reply
        .code(201)
        .header('location', `/v1${path}/${created.id}`)
        .header('etag', etagOf(created))
        .send(shown.viewOf(created))
    },
  )

  app.get(
    path,
    {
      config: read,
      schema: {
        operationId: `list${Noun}s`,
        summary: `List the ${noun}s of the project, newest first`,
        tags,
        querystring: PageQuery,
        response: { 200: Page(view, `${Noun}Page`), '4xx': Problem },
      },
    },
    async (request) => {
      const { limit, cursor } = request.query
      const page = { limit: limit + 1, after: pageKeyOf(cursor, kind.idPrefix) }
      const { data, nextCursor } = pageOf(
        await service.page(identityOf(request).tenant, page),
        limit,
      )
      return { data: data.map(viewOf), nextCursor }
    },
  )

  app.get(
    one,
    {
      config: read,
      schema: {
        operationId: `get${Noun}`,
        summary: `Get a ${noun}`,
        tags,
        params,
        response: { 200: view, '4xx': Problem },
      },
    },
    async (request, reply) => {
      const found = await service.get(identityOf(request).tenant, idIn(request))
      return reply.header('etag', etagOf(found)).send(viewOf(found))
    },
  )

  app.put(
    one,
    {
      config: write,
      schema: {
        operationId: `update${Noun}`,
        summary: `Replace a ${noun}; whether it is enabled stays as it is`,
        tags,
        params,
        headers: IfMatch,
        body: kind.save,
        response: { 200: shown.view, '4xx': Problem },
      },
    },
    async (request, reply) => {
      const { tenant } = identityOf(request)
      const change = { save: request.body as Save, expected: expectedRevisions(request.headers) }
      const updated = await service.update(tenant, idIn(request), change)
      return reply.header('etag', etagOf(updated)).send(shown.viewOf(updated))
    },
  )

  app.delete(
    one,
    {
      config: write,
      schema: {
        operationId: `delete${Noun}`,
        summary: `Delete a ${noun} and its history; its runs stay`,
        tags,
        params,
        headers: IfMatch,
        response: { 204: Type.Null(), '4xx': Problem },
      },
    },
    async (request, reply) => {
      const expected = expectedRevisions(request.headers)
      await service.remove(identityOf(request).tenant, idIn(request), expected)
      return reply.code(204).send(null)
    },
  )

  for (const [verb, enabled] of [
    ['enable', true],
    ['disable', false],
  ] as const) {
    app.post(
      `${one}/${verb}`,
      {
        config: act,
        schema: {
          operationId: `${verb}${Noun}`,
          summary: enabled ? `Let a ${noun} start runs` : `Stop a ${noun} from starting runs`,
          tags,
          params,
          response: { 200: view, '4xx': Problem },
        },
      },
      async (request, reply) => {
        const { tenant } = identityOf(request)
        const switched = await service.setEnabled(tenant, idIn(request), enabled)
        return reply.header('etag', etagOf(switched)).send(viewOf(switched))
      },
    )
  }

  app.get(
    `${one}/history`,
    {
      config: read,
      schema: {
        operationId: `list${Noun}History`,
        summary: `What became of the last occasions of a ${noun}, newest first`,
        tags,
        params,
        querystring: PageQuery,
        response: { 200: Page(TriggerHistoryEntry, 'TriggerHistoryPage'), '4xx': Problem },
      },
    },
    async (request) => {
      const { limit, cursor } = request.query
      const page = { limit: limit + 1, before: entryIdOf(cursor) }
      const found = await service.history(identityOf(request).tenant, idIn(request), page)
      const data = found.slice(0, limit)
      const last = found.length > limit ? data.at(-1) : undefined
      return { data: data.map(viewEntry), nextCursor: last ? encodeCursor([last.id]) : null }
    },
  )
}

/** @throws InvalidInputError `page.invalid-cursor` */
function entryIdOf(cursor: string | undefined): string | undefined {
  if (cursor === undefined) return undefined
  const [id = '', ...more] = decodeCursor(cursor)
  if (!/^[0-9]{1,18}$/.test(id) || more.length > 0) throw invalidCursor()
  return id
}
