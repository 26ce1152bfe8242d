import { expect, test } from 'vitest'
import { checkCitations } from './citations.ts'

const RUN = `run_${'a'.repeat(32)}`
const OTHER = `wf_${'b'.repeat(32)}`
const found = new Set([RUN])

test('citations of what was found stay, each counted once', () => {
  const text = `It failed [${RUN}], twice [${RUN}].`
  expect(checkCitations(text, found)).toEqual({ text, ids: [RUN], dropped: 0 })
})

test('all others go, whatever they look like', () => {
  const text = `See [${OTHER}] and [run_1] and [ wf_x ]; not [1].`
  expect(checkCitations(text, found)).toEqual({
    text: 'See and and; not [1].',
    ids: [],
    dropped: 3,
  })
})
