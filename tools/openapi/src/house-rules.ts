import { examplesIn } from './examples.ts'
import { isObject, type JsonObject, listOf, objectOf, operationsOf, resolve } from './json.ts'
import type { Finding } from './lint.ts'
import { openObjectsIn } from './open-objects.ts'

/** `listRuns`, `getRun`: a verb, then what it is done to. */
const OPERATION_ID = /^[a-z]+([A-Z][a-z0-9]*)+$/
/** What a gateway shows; anything else is between it and the services, or for operators. */
const PUBLIC_PATH = /^\/(?:v[12]|hooks|openai\/v1|mcp)(?:\/|$)/
const ALWAYS_ANSWERED = ['429', '503', '504']
const FOR_KEYS = ['401', '403']

/** What no linter knows of this house: every operation says all that a client needs. */
export function houseFindings(document: JsonObject): Finding[] {
  const declared = new Set(listOf(document.tags).map((tag) => String(objectOf(tag).name)))
  const ofPaths = Object.keys(objectOf(document.paths)).flatMap((path) =>
    PUBLIC_PATH.test(path) ? [] : [finding('public-path', path, 'is not for the outside')],
  )
  const ofOperations = operationsOf(document).flatMap(({ name, path, operation }) => [
    ...problemsOf(document, operation, declared).map(([rule, message]) =>
      finding(rule, name, message),
    ),
    ...openObjectsIn(document, path, operation).map((at) =>
      finding('closed-bodies', name, `takes any field at ${at}: additionalProperties is not false`),
    ),
  ])
  const ofExamples = examplesIn(document).flatMap(({ where, errors }) =>
    errors.length > 0 ? [finding('valid-examples', where, errors.join('; '))] : [],
  )
  return [...ofPaths, ...ofOperations, ...ofExamples]
}

function problemsOf(document: JsonObject, operation: JsonObject, tags: ReadonlySet<string>) {
  const { operationId, summary, security, responses } = operation
  const problems: [rule: string, message: string][] = []
  if (!OPERATION_ID.test(String(operationId))) {
    problems.push(['operation-id', `${operationId} is not a verb and a noun, as listRuns`])
  }
  if (!summary) problems.push(['summary', 'has no summary'])
  for (const tag of listOf(operation.tags)) {
    if (!tags.has(String(tag)) || !describes(document, String(tag))) {
      problems.push(['tags', `${tag} has no line in libs/contracts/src/tags.ts`])
    }
  }
  if (listOf(operation.tags).length !== 1) problems.push(['tags', 'needs exactly one tag'])
  const isKeyless = Array.isArray(security) && security.length === 0
  if (!isKeyless && listOf(operation['x-dure-scopes']).length === 0) {
    problems.push(['scopes', 'says no scope'])
  }
  const needed = isKeyless ? ALWAYS_ANSWERED : [...ALWAYS_ANSWERED, ...FOR_KEYS]
  const missing = needed.filter((status) => objectOf(responses)[status] === undefined)
  if (missing.length > 0) problems.push(['problems', `does not say ${missing.join(', ')}`])
  return [...problems, ...missingExamples(document, operation)]
}

function describes(document: JsonObject, name: string): boolean {
  return listOf(document.tags).some((tag) => {
    const { name: of, description } = objectOf(tag)
    return of === name && Boolean(description)
  })
}

function missingExamples(document: JsonObject, operation: JsonObject): [string, string][] {
  const bodies = [
    ['the request body', resolve(document, operation.requestBody)] as const,
    ...Object.entries(objectOf(operation.responses)).flatMap(([status, response]) =>
      status.startsWith('2')
        ? [[`the answer ${status}`, resolve(document, response)] as const]
        : [],
    ),
  ]
  return bodies.flatMap(([what, body]) =>
    Object.entries(objectOf(body.content)).flatMap(([type, media]): [string, string][] => {
      const hasExample =
        isObject(media) && (media.example !== undefined || isObject(media.examples))
      const isJson = /^application\/([\w.-]+\+)?json$/.test(type)
      return isJson && !hasExample ? [['examples', `${what} has no example`]] : []
    }),
  )
}

function finding(rule: string, where: string, message: string): Finding {
  return { linter: 'dure', rule, where, message }
}
