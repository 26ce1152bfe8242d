import type { Scope } from '@dure/contracts'
import type { FieldProblem } from '@dure/kernel'
import { isWithin } from './address-list.ts'

/** What a key may do, until when, and from where. */
export interface Grant {
  readonly scopes: readonly Scope[]
  /** As which it may decide approvals. */
  readonly roles: readonly string[]
  /** Absent: it does not expire. */
  readonly expiresAt: Date | undefined
  /** Empty: from everywhere. */
  readonly allowedCidrs: readonly string[]
}

/** What somebody wants a new key to be; what is absent is as with its maker. */
export interface WantedGrant {
  readonly scopes: readonly Scope[]
  /** Absent: none. */
  readonly roles?: readonly string[] | undefined
  readonly expiresAt?: Date | undefined
  readonly allowedCidrs?: readonly string[] | undefined
}

export function grantOf(wanted: WantedGrant, maker: Grant): Grant {
  return {
    scopes: wanted.scopes,
    roles: wanted.roles ?? [],
    expiresAt: wanted.expiresAt ?? maker.expiresAt,
    allowedCidrs: wanted.allowedCidrs ?? maker.allowedCidrs,
  }
}

/** Where a key would be stronger than who makes it: nowhere, or it must not be made. */
export function excessOf(grant: Grant, maker: Grant): readonly FieldProblem[] {
  return [
    ...excessScopes(grant, maker),
    ...excessRoles(grant, maker),
    ...excessTime(grant, maker),
    ...excessPlaces(grant, maker),
  ]
}

function excessScopes({ scopes }: Grant, maker: Grant): FieldProblem[] {
  return scopes.flatMap((scope, index) =>
    maker.scopes.includes(scope)
      ? []
      : [{ pointer: `#/scopes/${index}`, message: `is a scope that you lack: ${scope}` }],
  )
}

/** An owner speaks for every role. */
function excessRoles({ roles }: Grant, maker: Grant): FieldProblem[] {
  if (maker.roles.includes('owner')) return []
  return roles.flatMap((role, index) =>
    maker.roles.includes(role)
      ? []
      : [{ pointer: `#/roles/${index}`, message: `is a role that you lack: ${role}` }],
  )
}

function excessTime({ expiresAt }: Grant, maker: Grant): FieldProblem[] {
  if (maker.expiresAt === undefined) return []
  if (expiresAt !== undefined && expiresAt <= maker.expiresAt) return []
  const end = maker.expiresAt.toISOString()
  return [{ pointer: '#/expiresAt', message: `is later than your own key lives: ${end}` }]
}

function excessPlaces({ allowedCidrs }: Grant, maker: Grant): FieldProblem[] {
  if (maker.allowedCidrs.length === 0) return []
  if (allowedCidrs.length === 0) {
    return [{ pointer: '#/allowedCidrs', message: 'is more than your own key may be used from' }]
  }
  return allowedCidrs.flatMap((cidr, index) =>
    isWithin(cidr, maker.allowedCidrs)
      ? []
      : [{ pointer: `#/allowedCidrs/${index}`, message: 'is not within those of your own key' }],
  )
}
