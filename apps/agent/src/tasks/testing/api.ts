import type { TestIdentity, testTenant } from '@dure/platform/testing'
import type { AgentUnderTest } from './agent.ts'

export interface ApiCall {
  readonly body?: unknown
  readonly headers?: Record<string, string>
  readonly tenant?: ReturnType<typeof testTenant>
  /** Absent: all of them. */
  readonly scopes?: NonNullable<Parameters<TestIdentity['headers']>[1]>['scopes']
}

/** The API of the service, below a path, as a client calls it. */
export function apiOf({ app, identity }: Pick<AgentUnderTest, 'app' | 'identity'>, prefix = '') {
  return async (
    method: 'DELETE' | 'GET' | 'PATCH' | 'POST' | 'PUT',
    path = '',
    { body, headers, tenant, scopes }: ApiCall = {},
  ) => {
    const as = { ...(tenant && { tenant }), ...(scopes && { scopes }) }
    return app.inject({
      ...{ method, url: `${prefix}${path}` },
      headers: { ...(await identity.headers('agent', as)), ...headers },
      ...(body !== undefined && { payload: body as object }),
    })
  }
}
