import { MemberId, Page } from '@dure/contracts'
import { Type } from 'typebox'
import { ROLES } from './role.ts'
import type { Member } from './store.ts'

export const RoleField = Type.Enum(ROLES, { description: 'What it may do: see the how-to' })
/** Enough to catch a mistake; whether it exists, only a letter to it can tell. */
const Email = Type.String({
  pattern: '^[^@\\s]{1,64}@[^@\\s]{1,189}$',
  maxLength: 254,
  examples: ['hana@example.com'],
})
const Subject = Type.String({
  minLength: 1,
  maxLength: 255,
  description: '`sub` of the tokens that the OIDC issuer gives to this person',
})

export const AddMember = Type.Object(
  {
    role: RoleField,
    email: Type.Optional(Email),
    externalSubject: Type.Optional(Subject),
  },
  { additionalProperties: false, minProperties: 2, $id: 'AddMember' },
)
export const UpdateMember = Type.Object(
  { role: RoleField },
  { additionalProperties: false, $id: 'UpdateMember' },
)
export const MemberView = Type.Object(
  {
    id: MemberId,
    role: RoleField,
    email: Type.Union([Type.String(), Type.Null()]),
    externalSubject: Type.Union([Type.String(), Type.Null()]),
    createdAt: Type.String({ format: 'date-time' }),
  },
  { $id: 'Member' },
)
export const MemberPage = Page(MemberView, 'MemberPage')

export function viewOf({ id, role, email, externalSubject, createdAt }: Member) {
  return {
    id,
    role,
    email: email ?? null,
    externalSubject: externalSubject ?? null,
    createdAt: createdAt.toISOString(),
  }
}
