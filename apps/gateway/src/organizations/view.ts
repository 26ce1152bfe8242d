import { OrganizationId, Page, ProjectId } from '@dure/contracts'
import { Type } from 'typebox'
import { CreateApiKey, CreatedApiKey } from '../keys/view.ts'
import type { Named } from './store.ts'

const Name = Type.String({ minLength: 1, maxLength: 100, examples: ['Checkout'] })
const shared = {
  name: Type.String(),
  createdAt: Type.String({ format: 'date-time' }),
}

export const OrganizationView = Type.Object(
  { id: OrganizationId, ...shared },
  { $id: 'Organization' },
)
export const ProjectView = Type.Object({ id: ProjectId, ...shared }, { $id: 'Project' })
export const ProjectPage = Page(ProjectView, 'ProjectPage')

export const UpdateOrganization = Type.Object(
  { name: Name },
  { additionalProperties: false, $id: 'UpdateOrganization' },
)
export const CreateOrganization = Type.Object(
  {
    name: Name,
    projectName: Type.String({ minLength: 1, maxLength: 100, default: 'Default' }),
  },
  { additionalProperties: false, $id: 'CreateOrganization' },
)
export const CreatedOrganization = Type.Object(
  { id: OrganizationId, ...shared, project: ProjectView, apiKey: CreatedApiKey },
  { $id: 'CreatedOrganization' },
)
export const UpdateProject = Type.Object(
  { name: Name },
  { additionalProperties: false, $id: 'UpdateProject' },
)
export const CreateProject = Type.Object(
  { name: Name, apiKey: Type.Optional(CreateApiKey) },
  { additionalProperties: false, $id: 'CreateProject' },
)
export const CreatedProject = Type.Object(
  { id: ProjectId, ...shared, apiKey: Type.Union([CreatedApiKey, Type.Null()]) },
  { $id: 'CreatedProject' },
)

export function viewOf<Id>({ id, name, createdAt }: Named<Id>) {
  return { id, name, createdAt: createdAt.toISOString() }
}
