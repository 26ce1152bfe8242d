import { AgentId } from '@dure/contracts'
import { type Static, Type } from 'typebox'
import type { Agent, AgentAlias, AgentPublication, AgentVersion } from './agent.ts'
import { AgentDefinition } from './definition.ts'

/** What the column holds: a larger number is refused as such, instead of failing in the database. */
const MAX_NUMBER = 2_147_483_647

export function VersionNumber(options: { readonly description?: string } = {}) {
  return Type.Integer({ minimum: 1, maximum: MAX_NUMBER, ...options })
}

/** No `@`, so that `name@alias` has one meaning. */
const AgentName = Type.String({
  pattern: '^[a-z][a-z0-9_-]{0,62}$',
  examples: ['order-desk'],
})
export const AliasName = Type.String({ pattern: '^[a-z][a-z0-9_-]{0,62}$', examples: ['prod'] })

const Description = Type.String({ maxLength: 2000, pattern: '^[^\\u0000]*$', default: '' })

export const SaveAgent = Type.Object(
  { name: AgentName, description: Description, definition: AgentDefinition },
  { additionalProperties: false, $id: 'SaveAgent' },
)

export const AgentView = Type.Object(
  {
    id: AgentId,
    name: AgentName,
    description: Type.String(),
    definition: AgentDefinition,
    latestVersion: Type.Integer({ description: '0 when there is no version yet' }),
    publishedVersion: Type.Union([Type.Integer(), Type.Null()], {
      description: 'The version that new executions take',
    }),
    createdBy: Type.String(),
    createdAt: Type.String({ format: 'date-time' }),
    updatedAt: Type.String({ format: 'date-time' }),
  },
  { $id: 'Agent' },
)
const { definition: _definition, ...summaryFields } = AgentView.properties
export const AgentSummary = Type.Object(summaryFields, { $id: 'AgentSummary' })

export const AgentVersionView = Type.Object(
  {
    agentId: AgentId,
    number: Type.Integer({ minimum: 1 }),
    definition: AgentDefinition,
    hash: Type.String({ description: 'SHA-256 of the definition' }),
    createdBy: Type.String(),
    createdAt: Type.String({ format: 'date-time' }),
  },
  { $id: 'AgentVersion' },
)

export const AgentPublicationView = Type.Object(
  {
    versionNumber: Type.Integer({ minimum: 1 }),
    kind: Type.Enum(['publish', 'rollback', 'alias']),
    alias: Type.Optional(AliasName),
    forceReason: Type.Optional(
      Type.String({ description: 'Why it was published although it did not meet its gate' }),
    ),
    publishedBy: Type.String(),
    publishedAt: Type.String({ format: 'date-time' }),
  },
  { $id: 'AgentPublication' },
)

export const AgentAliasView = Type.Object(
  {
    name: AliasName,
    version: Type.Integer({ minimum: 1 }),
    changedBy: Type.String(),
    createdAt: Type.String({ format: 'date-time' }),
    updatedAt: Type.String({ format: 'date-time' }),
  },
  { $id: 'AgentAlias' },
)

const path = Type.String({ description: 'RFC 6901 pointer into the definition' })
const One = Type.Object({ path, value: Type.Unknown() })

export const AgentDiff = Type.Object(
  {
    added: Type.Array(One),
    removed: Type.Array(One),
    changed: Type.Array(Type.Object({ path, before: Type.Unknown(), after: Type.Unknown() })),
  },
  { $id: 'AgentDiff' },
)

export function viewAgent(agent: Agent): Static<typeof AgentView> {
  return { ...viewSummary(agent), definition: agent.draft }
}

export function viewSummary(agent: Agent): Static<typeof AgentSummary> {
  const { id, name, description, latestVersion, publishedVersion, createdBy } = agent
  return {
    ...{ id, name, description, latestVersion, publishedVersion, createdBy },
    createdAt: agent.createdAt.toISOString(),
    updatedAt: agent.updatedAt.toISOString(),
  }
}

export function viewVersion(version: AgentVersion): Static<typeof AgentVersionView> {
  return { ...version, createdAt: version.createdAt.toISOString() }
}

export function viewPublication(
  publication: AgentPublication,
): Static<typeof AgentPublicationView> {
  const { versionNumber, kind, alias, forceReason, publishedBy, publishedAt } = publication
  return {
    ...{ versionNumber, kind, publishedBy },
    ...(alias !== null && { alias }),
    ...(forceReason !== null && { forceReason }),
    publishedAt: publishedAt.toISOString(),
  }
}

export function viewAlias(alias: AgentAlias): Static<typeof AgentAliasView> {
  const { name, versionNumber: version, changedBy, createdAt, updatedAt } = alias
  const times = { createdAt: createdAt.toISOString(), updatedAt: updatedAt.toISOString() }
  return { name, version, changedBy, ...times }
}
