import { Page, PageQuery, Problem } from '@dure/contracts'
import { NotFoundError } from '@dure/kernel'
import { decodeCursor, encodeCursor, invalidCursor } from '@dure/platform'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { type Ranked, rankTemplates } from './search.ts'
import type { Template } from './template.ts'
import { TemplateId, TemplateSummary, TemplateView, viewRanked, viewTemplate } from './view.ts'

const Query = Type.Object({
  ...PageQuery.properties,
  q: Type.Optional(
    Type.String({
      maxLength: 500,
      description: 'What the workflow is to do, in Korean or English; the best come first',
      examples: ['매일 아침 슬랙으로 요약'],
    }),
  ),
})

const tags = ['ai']
const use = { scope: 'models:use' } as const

/** Under `/v1`. They are a part of the installation: the same for every project. */
export const templateRoutes: FastifyPluginAsyncTypebox<{
  readonly gallery: readonly Template[]
}> = async (app, { gallery }) => {
  app.get(
    '/ai/templates',
    {
      config: use,
      schema: {
        operationId: 'listWorkflowTemplates',
        summary: 'Find a workflow to begin with',
        tags,
        querystring: Query,
        response: { 200: Page(TemplateSummary, 'WorkflowTemplatePage'), '4xx': Problem },
      },
    },
    async ({ query: { q = '', limit, cursor } }) => {
      const found = matching(gallery, q)
      const from = cursor === undefined ? 0 : placeAfter(found, cursor)
      const data = found.slice(from, from + limit)
      const last = from + limit < found.length ? data.at(-1) : undefined
      return {
        data: data.map(viewRanked),
        nextCursor: last ? encodeCursor([last.template.id]) : null,
      }
    },
  )

  app.get(
    '/ai/templates/:templateId',
    {
      config: use,
      schema: {
        operationId: 'getWorkflowTemplate',
        summary: 'Get a workflow to begin with, and the triggers that belong to it',
        tags,
        params: Type.Object({ templateId: TemplateId }),
        response: { 200: TemplateView, '4xx': Problem },
      },
    },
    async ({ params: { templateId } }) => {
      const template = gallery.find(({ id }) => id === templateId)
      if (template) return viewTemplate(template)
      const hint = 'GET /v1/ai/templates lists those that there are'
      throw new NotFoundError('template.not-found', `There is no such template: ${hint}`)
    },
  )
}

/** All of them, or those that have something of the question. */
function matching(gallery: readonly Template[], question: string): readonly Ranked[] {
  const ranked = rankTemplates(gallery, question)
  return question.trim() === '' ? ranked : ranked.filter(({ score }) => score > 0)
}

/** @throws InvalidInputError `page.invalid-cursor` */
function placeAfter(found: readonly Ranked[], cursor: string): number {
  const [id, ...more] = decodeCursor(cursor)
  const at = found.findIndex(({ template }) => template.id === id)
  if (at < 0 || more.length > 0) throw invalidCursor()
  return at + 1
}
