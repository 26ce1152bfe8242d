import type { Tenant } from '@dure/contracts'
import { NotFoundError } from '@dure/kernel'
import type { Static } from 'typebox'
import { type BuiltinTool, builtinTools } from '../builtins/index.ts'
import type { ProjectToolStore, ToolPage } from './store.ts'
import { type ToolView, viewBuiltin, viewTool } from './view.ts'

export interface Listed {
  readonly id: string
  readonly createdAt: Date
  readonly view: Static<typeof ToolView>
}

type CataloguePage = Omit<ToolPage, 'kind'> & { readonly kind: ToolPage['kind'] | 'builtin' }

/** Everything that `GET /v1/tools` shows: what the project has made, and what is built in, as one list. */
export interface ToolCatalogue {
  /** @throws NotFoundError `tool.unknown-id` */
  get(tenant: Tenant, id: string): Promise<Listed>
  page(tenant: Tenant, page: CataloguePage): Promise<Listed[]>
}

export function createToolCatalogue(store: Pick<ProjectToolStore, 'find' | 'page'>): ToolCatalogue {
  const builtins = builtinTools
    .map(listedBuiltin)
    .sort((one, other) => (one.id < other.id ? 1 : -1))
  return {
    async get(tenant, id) {
      const builtin = builtins.find((one) => one.id === id)
      if (builtin) return builtin
      const tool = await store.find(tenant, id)
      if (tool) return { id, createdAt: tool.createdAt, view: viewTool(tool) }
      throw new NotFoundError('tool.unknown-id', 'There is no such tool')
    },

    async page(tenant, { limit, after, kind }) {
      const own =
        kind === 'builtin'
          ? []
          : await store.page(tenant, { limit, after, kind: kind ?? undefined })
      const listed = own.map((tool) => ({
        ...{ id: tool.id, createdAt: tool.createdAt, view: viewTool(tool) },
      }))
      if (kind !== undefined && kind !== 'builtin') return listed
      return [...listed, ...builtins.filter((one) => comesAfter(one, after))].slice(0, limit)
    },
  }
}

/** They are older than everything that a project has. */
function comesAfter({ id, createdAt }: Listed, after: ToolPage['after']): boolean {
  if (!after || after.createdAt > createdAt) return true
  return after.createdAt.getTime() === createdAt.getTime() && id < after.id
}

function listedBuiltin(tool: BuiltinTool): Listed {
  return { id: tool.id, createdAt: tool.createdAt, view: viewBuiltin(tool) }
}
