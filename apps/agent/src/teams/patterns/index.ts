import type { Pattern } from '../definition.ts'
import type { PatternRules } from '../meeting.ts'
import { debate } from './debate.ts'
import { handoff } from './handoff.ts'
import { parallel } from './parallel.ts'
import { sequential } from './sequential.ts'
import { supervisor } from './supervisor.ts'
import { vote } from './vote.ts'

/** To add one: its file, its line here, and its name in `definition.ts`. */
export const RULES: Readonly<Record<Pattern, PatternRules>> = {
  sequential,
  parallel,
  supervisor,
  handoff,
  debate,
  vote,
}
