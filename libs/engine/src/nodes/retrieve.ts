import {
  Filter,
  KnowledgeBaseId,
  knowledgeQueue,
  outgoing,
  OnBehalfOf as Person,
  SearchResult,
} from '@dure/contracts'
import { InvalidInputError } from '@dure/kernel'
import { type Static, Type } from 'typebox'
import { Value } from 'typebox/value'
import { compileExpression, type Scope } from '../expressions/expression.ts'
import { renderText } from '../expressions/template.ts'
import { defineTaskNode, Expression, OUT, Template } from './define.ts'

const OnBehalfOf = Type.Object(
  {
    user: Type.Optional(Template('whom the application knows by this name', 190)),
    groups: Type.Optional(Expression('a list of names, such as `input.user.groups`')),
  },
  {
    additionalProperties: false,
    description:
      'Leaves out what this person may not see; whoever started the run must see it, too',
  },
)

export const retrieve = defineTaskNode({
  type: 'retrieve',
  title: 'Retrieve',
  description: 'Finds passages in knowledge bases; its data is { chunks, context, citations }',
  ports: [OUT],
  effect: () => 'read',
  dependsOnCaller: true,
  defaultTimeoutMs: 30_000,
  output: SearchResult,
  config: Type.Object(
    {
      knowledgeBaseIds: Type.Array(KnowledgeBaseId, { minItems: 1, maxItems: 10 }),
      query: Template('what to look for', 4000),
      topK: Type.Integer({ minimum: 1, maximum: 50, default: 5 }),
      minScore: Type.Number({ minimum: 0, maximum: 1_000_000, default: 0 }),
      mode: Type.Optional(
        Type.Enum(['keyword', 'vector', 'hybrid'], {
          description: 'Absent: `hybrid` where there are vectors, else `keyword`',
        }),
      ),
      fusion: Type.Optional(
        Type.Enum(['weighted', 'rrf'], {
          description: 'How `hybrid` makes one list of two. Absent: as the knowledge base says',
        }),
      ),
      vectorWeight: Type.Optional(
        Type.Number({
          minimum: 0,
          maximum: 1,
          description: 'What vectors count for. Absent: as the knowledge base says',
        }),
      ),
      rerank: Type.Optional(
        Type.Boolean({
          description: 'Whether a reranker has the last word. Absent: as the knowledge base says',
        }),
      ),
      onBehalfOf: Type.Optional(OnBehalfOf),
      filter: Type.Optional(
        Expression(
          'which documents, by their metadata, such as `{"key": "team", "is": input.team}`',
        ),
      ),
    },
    { additionalProperties: false },
  ),
  message: ({ query, onBehalfOf, filter, ...settings }, scope, task, caller) =>
    outgoing(knowledgeQueue, 'task.search', {
      task,
      input: {
        ...settings,
        query: renderText(query, scope),
        ...(onBehalfOf && { onBehalfOf: personOf(onBehalfOf, scope) }),
        ...(filter !== undefined && { filter: filterOf(filter, scope) }),
      },
      ...(caller && { caller }),
    }),
})

/** Nobody is a person, too: one that sees what everybody sees. */
function personOf({ user, groups }: Static<typeof OnBehalfOf>, scope: Scope) {
  const name = user === undefined ? '' : renderText(user, scope)
  const names = groups === undefined ? [] : compileExpression(groups).evaluate(scope)
  const person = { ...(name !== '' && { user: name }), groups: names }
  if (Value.Check(Person, person)) return person
  throw new InvalidInputError(
    'retrieve.invalid-person',
    '`user` must give a name of up to 190 characters, `groups` a list of up to 200 of them',
  )
}

function filterOf(source: string, scope: Scope): Filter {
  const filter = compileExpression(source).evaluate(scope)
  if (Value.Check(Filter, filter)) return filter
  throw new InvalidInputError(
    'retrieve.invalid-filter',
    '`filter` must give a condition on metadata, such as {"key": "year", "gte": 2025}, or `all`, `any` or `not` of some',
  )
}
