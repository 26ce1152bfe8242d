import type { Identity } from '@dure/contracts'
import fc from 'fast-check'
import { person } from '../../testing.ts'

/** Who asks, and what the reference takes them for. */
export interface Asker {
  readonly who: Partial<Identity>
  readonly onBehalfOf?: object
  /** Lists of names, each of which must share one with that of a document. */
  readonly names: readonly (readonly string[])[]
}
export const ASKERS: readonly Asker[] = [
  { who: {}, names: [] },
  { who: person('ana'), names: [['user:usr_ana']] },
  { who: person('bo', { roles: ['auditor'] }), names: [['user:usr_bo', 'role:auditor']] },
  {
    who: {},
    onBehalfOf: { user: 'carol', groups: ['sales'] },
    names: [['user:carol', 'group:sales']],
  },
  {
    who: person('ana'),
    onBehalfOf: { groups: ['sales'] },
    names: [['user:usr_ana'], ['group:sales']],
  },
]
export const NAMES = ['user:usr_ana', 'role:auditor', 'group:sales']
export const TEXTS = ['환불 규정 안내', '합병 계획 초안', '휴가 신청 방법', '급여 지급 일정']

export const FILTERS = [
  undefined,
  { key: 'team', is: 'hr' },
  { not: { key: 'team', is: 'hr' } },
  {
    all: [
      { key: 'year', gte: 2026 },
      {
        any: [
          { key: 'team', exists: false },
          { key: 'year', lt: 2027 },
        ],
      },
    ],
  },
]
export type Metadata = Readonly<Record<string, string | number>>
/** The same, in other words. */
export const ASKS: readonly ((metadata: Metadata) => boolean)[] = [
  () => true,
  ({ team }) => team === 'hr',
  ({ team }) => team !== 'hr',
  ({ team, year = 0 }) => Number(year) >= 2026 && (team === undefined || Number(year) < 2027),
]
export const metadata = fc.record(
  { team: fc.constantFrom('hr', 'it'), year: fc.constantFrom(2025, 2026, 2027) },
  { requiredKeys: [] },
)

export function isFor({ names }: Asker, list: readonly string[]): boolean {
  return (
    list.includes('everybody') || names.every((some) => some.some((name) => list.includes(name)))
  )
}
