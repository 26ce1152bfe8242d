import { randomUUIDv7 } from 'node:crypto'
import type { Identity, OrganizationId, ProjectId, Tenant } from '@dure/contracts'
import { ConflictError, ForbiddenError, NotFoundError, prefixedId } from '@dure/kernel'
import { withTenant } from '@dure/platform'
import type pg from 'pg'
import type { KeyManagement, ShownKey, WantedKey } from '../keys/management-service.ts'
import type { PageSlice } from '../paging.ts'
import { type Organization, organizationOf, type Project, type Renaming } from './store.ts'

/** The organization of whoever asks, and its projects. Those of others are as unknown as none. */
export interface OrganizationService {
  get(tenant: Tenant): Promise<Organization>
  /** A new organization with its first project, and a key with which everything else can be made. */
  found(founder: Identity, wanted: WantedOrganization): Promise<NewOrganization>
  /** @throws ConflictError `organization.changed` */
  rename(tenant: Tenant, renaming: Renaming): Promise<Organization>
  projects(tenant: Tenant, page: PageSlice): Promise<Project[]>
  /** @throws NotFoundError `project.not-found` */
  project(tenant: Tenant, id: string): Promise<Project>
  /**
   * With a first key, whose grant is bounded by the one of the maker.
   *
   * @throws ConflictError `project.too-many`
   * @throws ForbiddenError `key.scope-missing`, `key.stronger-than-maker`
   */
  addProject(maker: Identity, wanted: WantedProject): Promise<NewProject>
  /** @throws NotFoundError `project.not-found` @throws ConflictError `project.changed` */
  renameProject(tenant: Tenant, id: string, renaming: Renaming): Promise<Project>
}

export interface WantedProject {
  readonly name: string
  readonly apiKey?: WantedKey | undefined
}

export interface WantedOrganization {
  readonly name: string
  readonly projectName: string
}

export interface NewOrganization {
  readonly organization: Organization
  readonly project: Project
  readonly apiKey: ShownKey
}

export interface NewProject {
  readonly project: Project
  readonly apiKey: ShownKey | undefined
}

export interface OrganizationDependencies {
  readonly pool: pg.Pool
  readonly keys: KeyManagement
}

const MAX_PROJECTS = 1000

export function createOrganizationService({
  pool,
  keys,
}: OrganizationDependencies): OrganizationService {
  const within = <Result>(
    { organizationId }: Tenant,
    work: (
      organization: ReturnType<typeof organizationOf>,
      client: pg.PoolClient,
    ) => Promise<Result>,
  ) =>
    withTenant(pool, { organizationId }, (client) =>
      work(organizationOf(client, organizationId), client),
    )

  return {
    get: (tenant) => within(tenant, async (organization) => existing(await organization.find())),

    found(founder, { name, projectName }) {
      const tenant = newTenant()
      return withTenant(pool, tenant, async (client) => {
        const of = organizationOf(client, tenant.organizationId)
        const organization = existing(await of.add(name))
        const project = existing(await of.addProject(tenant.projectId, projectName))
        return { organization, project, apiKey: await keys.createFirst(client, tenant, founder) }
      })
    },

    rename: (tenant, renaming) =>
      within(tenant, async (organization) => {
        const renamed = await organization.rename(renaming)
        if (!renamed) throw changed('organization.changed')
        return renamed
      }),

    projects: (tenant, page) => within(tenant, (organization) => organization.projects(page)),
    project: (tenant, id) =>
      within(tenant, async (organization) => found(await organization.findProject(id))),

    addProject: (maker, { name, apiKey }) =>
      within(maker.tenant, async (organization, client) => {
        if ((await organization.countProjects()) >= MAX_PROJECTS) throw tooMany()
        const id = newProjectId()
        const project = existing(await organization.addProject(id, name))
        if (!apiKey) return { project, apiKey: undefined }
        if (!maker.scopes.includes('api-keys:write')) throw mayMakeNoKeys()
        return { project, apiKey: await keys.createIn(client, { maker, projectId: id }, apiKey) }
      }),

    renameProject: (tenant, id, renaming) =>
      within(tenant, async (organization) => {
        const renamed = await organization.renameProject(id, renaming)
        if (renamed) return renamed
        found(await organization.findProject(id))
        throw changed('project.changed')
      }),
  }
}

function newTenant(): Tenant {
  const organizationId = prefixedId('org', randomUUIDv7()) as OrganizationId
  return { organizationId, projectId: newProjectId() }
}

function newProjectId(): ProjectId {
  return prefixedId('prj', randomUUIDv7()) as ProjectId
}

function existing<Thing>(thing: Thing | undefined): Thing {
  if (thing === undefined) throw new TypeError('Who is known has an organization')
  return thing
}

function found(project: Project | undefined): Project {
  if (project) return project
  throw new NotFoundError('project.not-found', 'There is no such project in this organization')
}

function changed(code: 'organization.changed' | 'project.changed'): ConflictError {
  return new ConflictError(code, 'Somebody changed it meanwhile: read it again, then decide')
}

function tooMany(): ConflictError {
  const message = `An organization has at most ${MAX_PROJECTS} projects`
  return new ConflictError('project.too-many', message, { maximum: MAX_PROJECTS })
}

function mayMakeNoKeys(): ForbiddenError {
  const scope = 'api-keys:write'
  const message = `The key lacks the scope ${scope}: use one that has it, or ask for no key`
  return new ForbiddenError('key.scope-missing', message, { scope })
}
