import { Type } from 'typebox'

/** What the column holds: a larger number is refused as such, instead of failing in the database. */
const MAX = 2_147_483_647

/** The number of a version, or of anything else that is counted from 1 in one column, in a request. */
export function VersionNumber(options: { readonly description?: string } = {}) {
  return Type.Integer({ minimum: 1, maximum: MAX, ...options })
}
