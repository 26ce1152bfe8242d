import type { Tenant } from '@dure/contracts'
import {
  type NamedVariables,
  type NodeType,
  type PublishedVersion,
  variablesNamedIn,
} from '@dure/engine'
import { asTenant } from '@dure/platform'
import type { VariableStore } from './store.ts'

/** What `vars` of a run begins with: the values of the project at that moment, and from then on its own. */
export interface VariablePinning {
  /**
   * Those that the workflow may read. Mostly it reads none, and then nobody is asked.
   *
   * @returns undefined when there are none
   */
  forRun(
    tenant: Tenant,
    version: PublishedVersion,
  ): Promise<Readonly<Record<string, unknown>> | undefined>
}

export interface VariablePinningDependencies {
  readonly store: Pick<VariableStore, 'values'>
  readonly nodeTypes: ReadonlyMap<string, NodeType>
}

export function createVariablePinning({
  store,
  nodeTypes,
}: VariablePinningDependencies): VariablePinning {
  const known = new WeakMap<PublishedVersion, NamedVariables>()

  function namesOf(version: PublishedVersion): NamedVariables {
    const before = known.get(version)
    if (before) return before
    const names = variablesNamedIn(version.graph, nodeTypes)
    known.set(version, names)
    return names
  }

  return {
    async forRun(tenant, version) {
      const names = namesOf(version)
      if (names !== 'all' && names.size === 0) return undefined
      const wanted = names === 'all' ? undefined : [...names]
      const values = await asTenant(tenant, () => store.values(tenant, wanted))
      return Object.keys(values).length === 0 ? undefined : values
    },
  }
}
