import {
  agentQueue,
  MEMORY_KEY,
  MEMORY_OWNER,
  outgoing,
  RememberedEntries,
  ReadMemory as Wanted,
  WriteMemory as Written,
} from '@dure/contracts'
import { InvalidInputError } from '@dure/kernel'
import { Type } from 'typebox'
import type { Scope } from '../expressions/expression.ts'
import { renderDeep, renderText } from '../expressions/template.ts'
import { DeepTemplate, defineTaskNode, OUT, Template } from './define.ts'

const { scope, topK } = Wanted.properties

const OF_OWNER = {
  scope,
  owner: Type.Optional(
    Template(
      'of `agent` and `thread`, an id; of `user`, a person; of `project`, nothing, since it is one',
      200,
    ),
  ),
}
const key = (description: string) => Template(description, 128)

const PATTERNS = { owner: MEMORY_OWNER, key: MEMORY_KEY }

export const memoryRead = defineTaskNode({
  type: 'memory_read',
  title: 'Memory: read',
  description:
    'Reads what is remembered, by a key, by words, or the first entries; its data is { entries }',
  ports: [OUT],
  effect: () => 'read',
  defaultTimeoutMs: 10_000,
  output: RememberedEntries,
  config: Type.Object(
    {
      ...OF_OWNER,
      key: Type.Optional(key('the one entry that is wanted')),
      query: Type.Optional(Template('what to look for, where there is no key', 4000)),
      topK: Type.Integer({ ...topK, default: 10 }),
    },
    { additionalProperties: false },
  ),
  message: ({ key, query, topK, ...of }, scope, task) =>
    outgoing(agentQueue, 'task.read-memory', {
      task,
      input: {
        ...ownerOf(of, scope),
        topK,
        ...(key !== undefined && { key: nameOf('key', key, scope) }),
        ...(query !== undefined && { query: renderText(query, scope).slice(0, 4000) }),
      },
    }),
})

export const memoryWrite = defineTaskNode({
  type: 'memory_write',
  title: 'Memory: write',
  description:
    'Remembers a value by a key, instead of what was there, or forgets it when it is null; its data is { key }',
  ports: [OUT],
  effect: () => 'write',
  // The same key has the same value again.
  idempotent: () => true,
  defaultTimeoutMs: 10_000,
  output: Type.Object({ key: Type.String() }),
  config: Type.Object(
    {
      ...OF_OWNER,
      key: key('what it is remembered by'),
      value: DeepTemplate('what is remembered, at most 16 KiB; null: it is forgotten'),
      expiresInS: Type.Optional(
        Type.Integer({ ...Written.properties.expiresInS, maximum: 315_360_000 }),
      ),
    },
    { additionalProperties: false },
  ),
  message: ({ key, value, expiresInS, ...of }, scope, task) =>
    outgoing(agentQueue, 'task.write-memory', {
      task,
      input: {
        ...ownerOf(of, scope),
        key: nameOf('key', key, scope),
        value: renderDeep(value, scope) ?? null,
        ...(expiresInS !== undefined && { expiresInS }),
      },
    }),
})

type OfOwner = Pick<Wanted, 'scope'> & { readonly owner?: string }

/** The one owner of a project is called `all`. */
function ownerOf({ scope, owner = scope === 'project' ? 'all' : '' }: OfOwner, data: Scope) {
  return { scope, owner: nameOf('owner', owner, data) }
}

function nameOf(what: 'owner' | 'key', template: string, data: Scope): string {
  const name = renderText(template, data)
  if (PATTERNS[what].test(name)) return name
  throw new InvalidInputError(
    'memory.invalid-name',
    `\`${what}\` must give a name of Latin letters, digits and some signs, and gives ${JSON.stringify(name.slice(0, 200))}`,
  )
}
