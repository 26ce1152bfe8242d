import type { MemberId, OrganizationId } from '@dure/contracts'
import { expect, test } from 'vitest'
import { type Candidate, oneEach } from './candidate.ts'

const candidate = (memberId: string, organizationId: string, isBound: boolean): Candidate => ({
  memberId: memberId as MemberId,
  organizationId: organizationId as OrganizationId,
  role: 'viewer',
  isBound,
})

test('of each organization one, and who has the subject before who has the address', () => {
  const [a, b, c] = [
    candidate('a', '1', false),
    candidate('b', '1', true),
    candidate('c', '2', false),
  ]
  expect(oneEach([a, b, c])).toEqual([b, c])
  expect(oneEach([b, a, c])).toEqual([b, c])
  expect(oneEach([])).toEqual([])
})
